import { type CallOptions, ContactsError } from '@anycontact/core'
import { expect } from 'vitest'
import { CONCURRENCY, describeAsBefore, WAVE } from './as-before.ts'
import type { Contacts, Subject } from './clients.ts'

/** Where the vendor falls silent. */
const silences = [{ stall: 'request' }, { stall: 'answer' }, { stall: { afterBytes: 40 } }]

/** What runs out. The deadline of what is read as a stream ends with its headers; then the other counts. */
const limits: readonly CallOptions[] = [
  { timeoutMs: 10, retry: false },
  { timeoutMs: 10, retry: { attempts: 2, baseDelayMs: 0 } },
  { deadlineMs: 12, timeoutMs: 20 },
]

const calls: readonly ((
  contacts: Contacts,
  subject: Subject,
  n: number,
  call: CallOptions,
) => PromiseLike<unknown>)[] = [
  (contacts, { ids }, n, call) => contacts.get(ids[n % ids.length] ?? '', call),
  (contacts, _subject, _n, call) => contacts.list({ ...call, pageSize: 5 }),
  (contacts, _subject, _n, call) => contacts.list({ ...call, pageSize: 5 }).toArray(),
  (contacts, _subject, _n, call) => contacts.count(call),
]

describeAsBefore('calls that time out', {
  calls: 2_000,
  inMemory: false,
  async wave(subject, number, signal) {
    subject.faults?.add({ ...silences[number % silences.length], times: Number.POSITIVE_INFINITY })
    const contacts = subject.connect({ concurrency: CONCURRENCY })
    const made = Array.from({ length: WAVE }, async (_, n) =>
      calls[n % calls.length]?.(contacts, subject, n, { ...limits[(n >> 2) % limits.length], signal }),
    )
    for (const result of await Promise.allSettled(made)) {
      const error: unknown = result.status === 'rejected' ? result.reason : undefined
      expect(ContactsError.is(error) && error.code).toBe('timeout')
    }
    subject.faults?.clear()
  },
})
