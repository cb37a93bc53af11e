import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { nativeClient } from './testing/clients.ts'

/** What a call that TypeScript did not check throws or rejects with; `undefined` when it works. */
async function outcome(call: () => unknown): Promise<unknown> {
  try {
    await call()
    return undefined
  } catch (error) {
    return ContactsError.is(error) ? error.code : error
  }
}

/** Calls an operation as JavaScript can. */
function loosely(client: object, operation: string, ...args: readonly unknown[]): unknown {
  const method: unknown = Reflect.get(client, operation)
  if (typeof method !== 'function') throw new TypeError(operation)
  return Reflect.apply(method, client, args)
}

const calls: readonly { readonly operation: string; readonly args: readonly unknown[] }[] = [
  { operation: 'list', args: [] },
  { operation: 'explain', args: [] },
  { operation: 'count', args: [] },
  { operation: 'search', args: ['ana'] },
  { operation: 'get', args: ['c1'] },
  { operation: 'find', args: ['c1'] },
  { operation: 'create', args: [{ name: 'Ana' }] },
  { operation: 'update', args: ['c1', { name: 'Ana' }] },
  { operation: 'delete', args: ['c1'] },
  { operation: 'createMany', args: [[]] },
  { operation: 'updateMany', args: [[]] },
  { operation: 'deleteMany', args: [[]] },
]

describe('the options of a call', () => {
  it.each(calls)('may be left out, and is not null: $operation', async ({ operation, args }) => {
    const { contacts } = nativeClient()
    expect(await outcome(() => loosely(contacts, operation, ...args, null))).toBe('invalid_input')
    expect(await outcome(() => loosely(contacts, operation, ...args))).toBeUndefined()
  })

  it.each(calls)('must be options: $operation', async ({ operation, args }) => {
    const { contacts, calls: made } = nativeClient()
    const bad = [
      5,
      { signal: 5 },
      { timeoutMs: -1 },
      { timeoutMs: Number.NaN },
      { deadlineMs: '5' },
      { retry: 3 },
      { retry: { times: 3 } },
      { retries: 3 },
      { [Symbol('limit')]: 3 },
      { headers: 'x' },
      { headers: { a: 1 } },
    ]
    for (const options of bad) {
      expect(await outcome(() => loosely(contacts, operation, ...args, options))).toBe('invalid_input')
    }
    expect(made).toEqual([])
  })

  it('take a signal of another realm', async () => {
    const { contacts } = nativeClient()
    const { signal } = new AbortController()
    const foreign = Object.create(null, {
      ...Object.getOwnPropertyDescriptors(AbortSignal.prototype),
      aborted: { value: false },
      addEventListener: { value: signal.addEventListener.bind(signal) },
      removeEventListener: { value: signal.removeEventListener.bind(signal) },
      throwIfAborted: { value: () => undefined },
    })
    expect(await outcome(() => loosely(contacts, 'get', 'c1', { signal: foreign }))).toBeUndefined()
  })
})
