import { describe, expect, it, vi } from 'vitest'
import { ContactsError } from '../errors.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { BatchMemory } from './batch-memory.ts'
import { createContext, createRuntime, named as nameOf, openScope } from './runtime.ts'
import { readOnlyCapabilities } from './testing/capabilities.ts'
import { nativeClient, scanningClient } from './testing/clients.ts'
import { failureOf } from './testing/failure.ts'
import { type FakeCall, fakeAdapter } from './testing/fake-adapter.ts'

failOnUnhandledRejections()

const runtime = createRuntime(fakeAdapter(readOnlyCapabilities), {})

describe('naming an error', () => {
  const full = {
    code: 'rate_limited',
    message: 'Too many.',
    status: 429,
    retryable: true,
    retryAfterMs: 5,
    requestId: 'r1',
    issues: [{ path: 'a', message: 'b' }],
    vendorCode: 'V',
    cause: new Error('inner'),
  } as const

  it('keeps all that the error says, its stack too', () => {
    const error = new ContactsError(full)
    const named = nameOf(error, runtime, 'get', undefined)
    expect(named).toMatchObject({ ...full, provider: 'fake', operation: 'get' })
    expect(named).toHaveProperty('stack', error.stack)
  })

  it('does not rename', () => {
    const error = new ContactsError({ ...full, provider: 'other', operation: 'list' })
    expect(nameOf(error, runtime, 'get', undefined)).toBe(error)
    const half = new ContactsError({ ...full, operation: 'list' })
    expect(nameOf(half, runtime, 'get', undefined)).toMatchObject({ provider: 'fake', operation: 'list' })
  })

  it('leaves other errors alone, and the reason of an abort', () => {
    for (const error of [new TypeError('x'), 'text', undefined]) {
      expect(nameOf(error, runtime, 'get', undefined)).toBe(error)
    }
    const reason = new ContactsError(full)
    expect(nameOf(reason, runtime, 'get', AbortSignal.abort(reason))).toBe(reason)
    expect(nameOf(new ContactsError(full), runtime, 'get', AbortSignal.abort(reason))).not.toBe(reason)
  })
})

describe('the memory of a batch', () => {
  it('runs a function once for a key, whatever comes of it, until it fails', async () => {
    const memo: BatchMemory = new BatchMemory()
    const run = vi.fn(async () => ({}))
    const [first, second] = await Promise.all([memo.once('a', run), memo.once('a', run)])
    expect(first).toBe(second)
    expect(run).toHaveBeenCalledOnce()
    await memo.once('b', run)
    expect(run).toHaveBeenCalledTimes(2)
    const failing = vi.fn(() => Promise.reject(new Error('down')))
    await failureOf(() => memo.once('c', failing))
    await failureOf(() => memo.once('c', failing))
    expect(failing).toHaveBeenCalledTimes(2)
  })

  it('is one for all items of a batch, and another for the next', async () => {
    const { contacts, calls } = scanningClient()
    await contacts.createMany([{ name: 'a' }, { name: 'b' }])
    await contacts.createMany([{ name: 'c' }])
    const memos = calls.map(({ context }) => context.batch)
    expect(memos[0]).toBe(memos[1])
    expect(memos[2]).not.toBe(memos[0])
  })

  it('is there for a single call, too', async () => {
    const before = ({ context }: FakeCall): Promise<number> => context.batch.once('a', async () => 1)
    await nativeClient({ before }).contacts.get('c1')
  })
})

describe('what an adapter is given', () => {
  const contextOf = () => createContext(runtime, { scope: openScope(runtime, 'list', {}) })

  it('has no getters, by which V8 would keep the call until a full garbage collection', () => {
    const own = Object.values(Object.getOwnPropertyDescriptors(contextOf()))
    expect(own.filter(({ get }) => get)).toEqual([])
  })

  it('has a memory of its own in a single call', async () => {
    const { batch } = contextOf()
    const run = vi.fn(async () => 1)
    expect(await Promise.all([batch.once('key', run), batch.once('key', run)])).toEqual([1, 1])
    expect(run).toHaveBeenCalledOnce()
    await contextOf().batch.once('key', run)
    expect(run).toHaveBeenCalledTimes(2)
  })
})
