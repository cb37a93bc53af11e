import { describe, expect, it, vi } from 'vitest'
import { CallScope } from '../call/scope.ts'
import { type Applied, ContactsError, type ContactsErrorCode } from '../errors.ts'
import type { Effect } from '../http/types.ts'
import { type CreateKey, createOnce } from './create-once.ts'
import { createTestClock, failure } from './test-clock.ts'

const scope = (): CallScope =>
  new CallScope({}, { provider: 'crm', operation: 'create', clock: createTestClock() })

const failed = (code: ContactsErrorCode, applied: Applied, retryAfterMs?: number): ContactsError =>
  new ContactsError({ code, applied, message: 'It failed.', retryAfterMs })

/** Sends that fail or succeed one after the other; the write is noted as the HTTP client does. */
function sends(call: CallScope, ...answers: (ContactsError | string)[]) {
  return vi.fn(async (effect: Effect): Promise<string> => {
    const write = call.beginWrite(effect === 'idempotent')
    const answer = answers.shift() ?? 'made'
    if (typeof answer === 'string') {
      write.settle('yes')
      return answer
    }
    write.settle(answer.applied)
    throw answer
  })
}

const key = (found: string | undefined, more: Partial<CreateKey<string>> = {}): CreateKey<string> => ({
  isUnique: false,
  find: async () => found,
  isOurs: (record) => record === 'ours',
  ...more,
})

describe('a create', () => {
  it('that succeeds is sent once, with an effect that keeps it from being repeated', async () => {
    const call = scope()
    const send = sends(call)
    expect(await createOnce({ call, send })).toEqual({ made: 'made', adopted: false })
    expect(send.mock.calls).toEqual([['once']])
  })

  it('that was surely not applied fails as it did, without a look-up', async () => {
    const call = scope()
    const find = vi.fn(async () => 'ours')
    const refusal = failed('conflict', 'no')
    expect(await failure(createOnce({ call, send: sends(call, refusal), key: key('ours', { find }) }))).toBe(
      refusal,
    )
    expect(find).not.toHaveBeenCalled()
    expect(call.applied).toBe('no')
  })

  it('whose answer was lost is adopted when it is there and ours, and is not sent again', async () => {
    const call = scope()
    const send = sends(call, failed('network', 'unknown'))
    expect(await createOnce({ call, send, key: key('ours') })).toEqual({ made: 'ours', adopted: true })
    expect(send).toHaveBeenCalledOnce()
    expect(call.applied).toBe('yes')
  })

  it.each([
    ['nothing is there', key(undefined)],
    ['another is there', key('theirs')],
    ['there is no key', undefined],
    ['the look-up fails', key(undefined, { find: async () => Promise.reject(failed('unavailable', 'no')) })],
  ])('whose answer was lost stays unknown when %s', async (_, chosen) => {
    const call = scope()
    const lost = failed('timeout', 'unknown')
    const send = sends(call, lost)
    expect(await failure(createOnce({ call, send, key: chosen }))).toBe(lost)
    expect(send).toHaveBeenCalledOnce()
    expect(call.applied).toBe('unknown')
  })
})

describe('a create by a key that the vendor takes once', () => {
  const unique = (found: string | undefined) => key(found, { isUnique: true })

  it('is sent once more when its answer is lost', async () => {
    const call = scope()
    const send = sends(call, failed('network', 'unknown'), 'made')
    expect(await createOnce({ call, send, key: unique(undefined) })).toEqual({ made: 'made', adopted: false })
    expect(send.mock.calls).toEqual([['idempotent'], ['idempotent']])
  })

  it('is adopted when the repetition is refused because the first one arrived', async () => {
    const call = scope()
    const send = sends(call, failed('network', 'unknown'), failed('conflict', 'no'))
    expect(await createOnce({ call, send, key: unique('ours') })).toEqual({ made: 'ours', adopted: true })
  })

  it('is a conflict, with nothing written, when the key was taken before', async () => {
    const call = scope()
    const send = sends(call, failed('network', 'unknown'), failed('conflict', 'no'))
    const error = await failure(createOnce({ call, send, key: unique('theirs') }))
    expect(error).toMatchObject({ code: 'conflict', applied: 'no' })
    expect(call.applied).toBe('no')
  })

  it('is not sent again to a provider that asks to wait', async () => {
    const call = scope()
    const send = sends(call, failed('unavailable', 'unknown', 60_000))
    await failure(createOnce({ call, send, key: unique(undefined) }))
    expect(send).toHaveBeenCalledOnce()
  })
})
