import { getEventListeners } from 'node:events'
import type { HttpOptions } from '@anycontact/core'
import { expect } from 'vitest'
import { CONCURRENCY, describeAsBefore, WAVE } from './as-before.ts'
import type { Contacts, Subject } from './clients.ts'
import { turns } from './usage.ts'

/** Time-outs that never come: each call has its timers, which have to go with it. */
const slow: HttpOptions = { timeoutMs: 600_000, deadlineMs: 900_000, concurrency: CONCURRENCY }

/** Where calls are when they are given up. */
const places: readonly { readonly fault?: object; readonly options?: HttpOptions }[] = [
  { options: slow },
  { fault: { stall: 'request' }, options: slow },
  { fault: { stall: { afterBytes: 40 } }, options: slow },
  // They wait to be sent again,
  { fault: { status: 503 }, options: { ...slow, retry: { baseDelayMs: 60_000 } } },
  // and these for their turn.
  { options: { ...slow, rateLimit: { requests: 1, perMs: 600_000 } } },
]

/** The calls that are given up. */
const calls: readonly ((
  contacts: Contacts,
  subject: Subject,
  n: number,
  signal: AbortSignal,
) => PromiseLike<unknown>)[] = [
  (contacts, { ids }, n, signal) => contacts.get(ids[n % ids.length] ?? '', { signal }),
  (contacts, _subject, _n, signal) => contacts.list({ signal, pageSize: 5 }).toArray(),
  (contacts, _subject, _n, signal) => contacts.count({ signal }),
  (contacts, _subject, _n, signal) => contacts.search('P', { signal }),
  (contacts, { ids, patchOf }, n, signal) =>
    contacts.update(ids[n % ids.length] ?? '', patchOf(n % ids.length), { signal }),
  (contacts, { ids, patchOf }, _n, signal) =>
    contacts.updateMany(
      ids.slice(0, 3).map((ref, n) => ({ ref, patch: patchOf(n) })),
      { signal },
    ),
]

describeAsBefore('calls that are aborted', {
  calls: 5_000,
  inMemory: true,
  async wave(subject, number, _signal) {
    const { fault, options } = places[number % places.length] ?? {}
    if (fault) subject.faults?.add({ ...fault, times: Number.POSITIVE_INFINITY })
    const contacts = subject.connect(options)
    const controllers = Array.from({ length: WAVE }, () => new AbortController())
    const made = controllers.map(async ({ signal }, n) =>
      calls[n % calls.length]?.(contacts, subject, n, signal),
    )
    // At another point each time.
    await turns(number % 13)
    for (const controller of controllers) controller.abort()
    await Promise.allSettled(made)
    subject.faults?.clear()
    for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toEqual([])
  },
})
