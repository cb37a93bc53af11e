/** What the caller's own getters, traps and iterators throw. */
export class CallersError extends Error {}

const fail = (): never => {
  throw new CallersError('of the caller')
}

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

function nested(levels: number): unknown {
  let value: unknown = 'x'
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { a: value }
  return value
}

function cycle(): object {
  const self: Record<string, unknown> = { name: 'x' }
  self.self = self
  return self
}

function twice(levels: number): object {
  let value: object = {}
  for (let level = 0; level < levels; level++) value = { a: value, b: value }
  return value
}

/** A class that pretends to be data. */
class Money {
  amount = 5
}

/** Things that nobody should give, by name. */
export const nonsense: Readonly<Record<string, () => unknown>> = {
  null: () => null,
  undefined: () => undefined,
  true: () => true,
  NaN: () => Number.NaN,
  '-0': () => -0,
  infinity: () => Number.POSITIVE_INFINITY,
  huge: () => 1e308,
  unsafe: () => 2 ** 53,
  fraction: () => -1.5,
  bigint: () => 10n ** 30n,
  symbol: () => Symbol('x'),
  function: () => () => undefined,
  Date: () => new Date(0),
  'bad Date': () => new Date(Number.NaN),
  Map: () => new Map([['a', 1]]),
  Set: () => new Set([1]),
  RegExp: () => /x/,
  class: () => new Money(),
  boxed: () => new String('x'),
  Error: () => new Error('x'),
  bytes: () => new Uint8Array(2),
  array: () => [],
  'array of null': () => [null],
  // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
  sparse: () => ['a', , 'b'],
  'very sparse': () => new Array(2 ** 32 - 1),
  object: () => ({}),
  'unknown member': () => ({ foo: 1 }),
  'symbol key': () => ({ [Symbol('x')]: 1 }),
  __proto__: () => JSON.parse('{"__proto__":{"a":1}}'),
  constructor: () => ({ constructor: 1, toString: null }),
  getter: () => ({
    get a() {
      return fail()
    },
  }),
  toString: () => ({ toString: fail, valueOf: fail, toJSON: fail }),
  proxy: () => new Proxy({}, { get: fail, has: fail, ownKeys: fail, getPrototypeOf: fail }),
  'proxy of an array': () => new Proxy([], { get: fail, has: fail, ownKeys: fail }),
  'proxy that holds itself': () => {
    const proxy: object = new Proxy({ a: 1 }, { get: () => proxy })
    return proxy
  },
  revoked,
  cycle,
  'twice at each level': () => twice(60),
  deep: () => nested(20_000),
  '101 levels': () => nested(102),
  NUL: () => 'a\0b',
  'lone surrogate': () => 'a\ud83db',
  'zero-width': () => 'a\u200bb',
  BOM: () => '\ufeffa@example.com',
  blank: () => ' ',
  empty: () => '',
  'huge text': () => 'x'.repeat(300_000),
  dots: () => '..',
  line: () => 'a\r\nb: c',
  slash: () => '../x?y#z',
  thenable: () => ({ then: () => undefined }),
  'failing thenable': () => ({ then: fail }),
  iterable: () => ({ [Symbol.iterator]: fail }),
  'async iterable': () => ({ [Symbol.asyncIterator]: () => ({ next: async () => fail() }) }),
  'bad iterable': () => ({ [Symbol.iterator]: () => ({ next: () => 5 }) }),
}

/** Where something stands in a value. */
export type Path = readonly string[]

/** A good value, and every path in it at which something else can stand. */
export function pathsIn(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  const prototype: unknown = Object.getPrototypeOf(value)
  if (!Array.isArray(value) && prototype !== Object.prototype) return [path]
  return [path, ...Object.entries(value).flatMap(([key, member]) => pathsIn(member, [...path, key]))]
}

/** A copy of a value with something else at a path. */
export function replaced(value: unknown, path: Path, other: unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return other
  const copy: unknown = Array.isArray(value) ? [...value] : { ...Object(value) }
  const member = replaced(Reflect.get(Object(value), key), rest, other)
  Object.defineProperty(copy, key, { value: member, enumerable: true, configurable: true, writable: true })
  return copy
}

/** Whether an option is a number of milliseconds or of times, which can be any. */
export function isTime(name: string | undefined): boolean {
  return name !== undefined && /(?:Ms|Bytes)$|^(?:attempts|requests|burst)$/.test(name)
}

/** What nothing may take, wherever it stands: it cannot be read, sent, or come back as it was. */
export const hostile: ReadonlySet<string> = new Set([
  'unsafe',
  'huge',
  'NaN',
  'bigint',
  'symbol',
  'Map',
  'Date',
  'class',
  'sparse',
  'very sparse',
  'symbol key',
  '__proto__',
  'getter',
  'proxy',
  'proxy that holds itself',
  'revoked',
  'cycle',
  'twice at each level',
  'deep',
  '101 levels',
  'NUL',
  'lone surrogate',
])
