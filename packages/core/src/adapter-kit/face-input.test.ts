import { describe, expect, test } from 'vitest'
import { CallScope } from '../call/scope.ts'
import { ContactsError } from '../errors.ts'
import { readArgument, readCallSettings, readClientOptions } from './face-input.ts'
import { createTestClock } from './test-clock.ts'

const call = { provider: 'crm', operation: 'listPeople' }

const fail = (): never => {
  throw new RangeError('of the caller')
}

interface Page {
  cursor?: string
  take?: unknown
}

/** What a reading is refused with. */
function refusal(read: () => unknown): unknown {
  try {
    return read()
  } catch (error) {
    if (!ContactsError.is(error)) throw error
    const { code, provider, operation, message, issues } = error
    return { code, provider, operation, message, paths: issues?.map(({ path }) => path) }
  }
}

describe('readArgument', () => {
  const read = (given: Page | null | undefined): Page => readArgument(given, call, { cursor: 'text' })
  /** What a program that TypeScript did not check gives. */
  const readAnything = (given: unknown): unknown => Reflect.apply(read, undefined, [given])

  test('copies the members, those of a class too, and reads each once', () => {
    let reads = 0
    class Request {
      cursor = 'a'
    }
    const counted = {
      get take() {
        reads++
        return 5
      },
    }
    expect(read(counted)).toEqual({ take: 5 })
    expect(reads).toBe(1)
    expect(read(new Request())).toEqual({ cursor: 'a' })
    expect(readAnything({ more: null, cursor: 'a' })).toEqual({ more: null, cursor: 'a' })
  })

  test('takes null for nothing, and what is undefined for undefined', () => {
    expect(read(null)).toEqual({})
    expect(read(undefined)).toEqual({})
    expect(readAnything({ cursor: null })).toStrictEqual({ cursor: undefined })
    expect(readAnything({ cursor: undefined })).toStrictEqual({ cursor: undefined })
  })

  test.each([5, 'text', true, Symbol('s'), 10n, [], () => {}, new Date(), new Map(), { [Symbol('s')]: 1 }])(
    'refuses %o',
    (given) => {
      expect(refusal(() => readAnything(given))).toMatchObject({ ...call, code: 'invalid_input' })
    },
  )

  test('says which member is wrong, and that nothing was sent', () => {
    expect(refusal(() => readAnything({ cursor: 5 }))).toEqual({
      ...call,
      code: 'invalid_input',
      message: 'crm listPeople: what was given cannot be used: cursor must be a string. Nothing was sent.',
      paths: ['cursor'],
    })
  })
})

describe('readCallSettings', () => {
  const read = (given: unknown): unknown => Reflect.apply(readCallSettings, undefined, [given, call])

  test('leaves what an adapter hands on as it is', () => {
    const scope = new CallScope({}, { ...call, clock: createTestClock() })
    expect(readCallSettings(scope, call)).toBe(scope)
  })

  test('takes settings, or none', () => {
    const { signal } = new AbortController()
    expect(read({ signal, timeoutMs: 5, operation: 'x', retry: false })).toEqual({
      signal,
      timeoutMs: 5,
      operation: 'x',
      retry: false,
    })
    expect(read(null)).toEqual({})
    expect(read(undefined)).toEqual({})
  })

  test('refuses what throws when it is looked at', () => {
    const thrower = new Proxy({}, { getPrototypeOf: fail, ownKeys: fail, get: fail })
    expect(refusal(() => read(thrower))).toMatchObject({ ...call, code: 'invalid_input', paths: [''] })
  })

  test.each([
    [{ timeout: 5 }, 'timeout'],
    [{ signal: 5 }, 'signal'],
    [{ timeoutMs: -1 }, 'timeoutMs'],
    [{ headers: { a: 5 } }, 'headers'],
    [{ retry: { attempts: 0 } }, 'retry.attempts'],
    [{ operation: 5 }, 'operation'],
    [5, ''],
  ])('refuses %o', (given, path) => {
    expect(refusal(() => read(given))).toMatchObject({ ...call, code: 'invalid_input', paths: [path] })
  })
})

describe('readClientOptions', () => {
  const read = (given: unknown): unknown =>
    Reflect.apply(readClientOptions, undefined, [given, 'crm', { token: 'text', timeout: 'number' }])

  test('keeps the options that there are, and passes over what is none', () => {
    expect(read({ token: 't', timeout: 5, timeoutMs: 7, colour: 'red', headers: null })).toStrictEqual({
      token: 't',
      timeout: 5,
      timeoutMs: 7,
      headers: undefined,
    })
    expect(read(null)).toEqual({})
  })

  test.each([
    [{ token: 5 }, 'token'],
    [{ timeout: Number.NaN }, 'timeout'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ endpoints: { list: 5 } }, 'endpoints'],
    ['text', ''],
  ])('refuses %o as config', (given, path) => {
    expect(refusal(() => read(given))).toMatchObject({ code: 'config', provider: 'crm', paths: [path] })
  })
})
