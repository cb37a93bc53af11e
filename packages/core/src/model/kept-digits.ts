/** The digits of numbers that no JavaScript number holds, by the object that they stand in and their key. */
const digits = new WeakMap<object, Map<string, string>>()
/** Whether there ever was one: until then nobody pays for them, and numbers are written as they are. */
export let hasDigits = false

/** Remembers a number's digits. */
export function keepDigits(holder: object, key: string, number: string): void {
  const known = digits.get(holder) ?? new Map<string, string>()
  digits.set(holder, known.set(key, number))
  hasDigits = true
}

/** The digits that are remembered of the members of an object, by key. */
export function digitsOf(holder: object): ReadonlyMap<string, string> | undefined {
  return digits.get(holder)
}

/**
 * Puts the digits that a copy of an object has lost back to it: of numbers that are the same in both.
 *
 * @param source - what it was copied from
 * @returns the copy
 */
export function withDigits<Copy extends object>(source: object, copy: Copy): Copy {
  if (!hasDigits) return copy
  for (const [key, number] of digits.get(source) ?? []) {
    if (Reflect.get(copy, key) === Reflect.get(source, key)) keepDigits(copy, key, number)
  }
  return copy
}
