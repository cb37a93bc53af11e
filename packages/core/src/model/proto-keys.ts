import { isObject } from './json.ts'

/** Objects with a key of their own named `__proto__`, or with such an object somewhere below them. */
const withProtoKey = new WeakSet<object>()
/** Whether there ever was one: until then no record is looked up. */
export let hasProtoKeys = false

/**
 * Notes, of a value that was parsed from JSON, what has a key named `__proto__`. Goes without calling itself, because a value may have
 * more levels than that allows.
 *
 * @param isRecord - whether it is a record of a listing
 * @returns whether each such key is in a record, or below an array, so that the one record that has it can be refused
 */
export function noteProtoKeys(root: object, isRecord: boolean): boolean {
  const above = new Map<object, object | undefined>([[root, undefined]])
  const inArrays = new Set<object>()
  let isBelowArray = true
  // A map that grows while it is walked is walked to its end, and what is above comes before what is below.
  for (const node of above.keys()) {
    const isInArray = Array.isArray(node) || inArrays.has(node)
    for (const member of Object.values(node)) {
      if (!isObject(member)) continue
      above.set(member, node)
      if (isInArray) inArrays.add(member)
    }
    if (!Object.hasOwn(node, '__proto__')) continue
    hasProtoKeys = true
    isBelowArray &&= isRecord || isInArray
    // What is above one that was noted is noted too.
    for (let at: object | undefined = node; at && !withProtoKey.has(at); at = above.get(at))
      withProtoKey.add(at)
  }
  return isBelowArray
}

/** Whether a value that was parsed from JSON has a key named `__proto__`, at any depth. */
export function hasProtoKey(value: object): boolean {
  return withProtoKey.has(value)
}
