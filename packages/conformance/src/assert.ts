/** What a test of the suite fails with. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError'
}

/** Ends the test. */
export function fail(message: string): never {
  throw new ConformanceError(message)
}

/** Fails unless the condition holds. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) fail(message)
}

/** Fails unless two values are the same in depth; absent and `undefined` are told apart. */
export function assertSame(actual: unknown, expected: unknown, what: string): void {
  if (!isSame(actual, expected)) fail(`${what}: expected ${print(expected)}, got ${print(actual)}`)
}

/** Whether two values are the same in depth, whatever the order of keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Object.getPrototypeOf(a) !== Object.getPrototypeOf(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  )
}

/** Longer values are cut in messages. */
const MAX_PRINTED = 600

/** A value as it stands in a message. */
export function print(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : printOther(value)
  return text.length > MAX_PRINTED ? `${text.slice(0, MAX_PRINTED)}…` : text
}

function printOther(value: unknown): string {
  if (value instanceof Error) return `${value.name}: ${value.message}`
  if (typeof value !== 'object' || value === null) return String(value)
  try {
    return JSON.stringify(value, (_key, member: unknown) => (member === undefined ? '(undefined)' : member))
  } catch {
    return Object.prototype.toString.call(value)
  }
}
