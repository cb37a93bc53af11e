import { isObject, type JsonProblem } from './json.ts'
import { digitsOf, hasDigits } from './kept-digits.ts'
import { hasProtoKeys } from './proto-keys.ts'

/** How a value is reached from the one above it. */
interface Way {
  readonly key: string
  readonly above: Way | undefined
}

/** As much of the path as is reported. */
const TOLD_DEPTH = 8

/**
 * What keeps JSON from being used as it was read by {@link parseJson}, where it is to be kept as it is: a key named `__proto__`, or a number
 * with more digits than a JavaScript number holds, at any depth.
 *
 * @param value - what was parsed, or a part of it
 * @returns the first thing that is wrong; `undefined` for nothing
 */
export function parsedProblem(value: unknown): JsonProblem | undefined {
  if (!hasDigits && !hasProtoKeys) return undefined
  // Goes without calling itself, because JSON may have more levels than that allows.
  const left: [unknown, Way | undefined][] = [[value, undefined]]
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const [holder, way] = next
    if (!isObject(holder)) continue
    if (Object.hasOwn(holder, '__proto__')) {
      return { path: pathTo({ key: '__proto__', above: way }), message: 'cannot be a key' }
    }
    const [long] = digitsOf(holder)?.keys() ?? []
    if (long !== undefined) {
      const message = 'is a number with more digits than JavaScript numbers hold: write it as text'
      return { path: pathTo({ key: long, above: way }), message }
    }
    for (const [key, member] of Object.entries(holder)) left.push([member, { key, above: way }])
  }
  return undefined
}

function pathTo(way: Way): string[] {
  const path: string[] = []
  for (let at: Way | undefined = way; at !== undefined; at = at.above) path.push(at.key)
  return path.reverse().slice(0, TOLD_DEPTH)
}
