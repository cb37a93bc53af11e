import { exportCsv } from '@anycontact/core'
import { CONCURRENCY, describeAsBefore, WAVE } from './as-before.ts'
import type { Contacts, Subject } from './clients.ts'

const slow = { timeoutMs: 600_000, deadlineMs: 900_000, concurrency: CONCURRENCY }

/** Reads so many and leaves. */
async function leaveAfter(count: number, items: AsyncIterable<unknown>): Promise<void> {
  let read = 0
  for await (const _ of items) if (++read >= count) break
}

const readings: readonly ((contacts: Contacts, subject: Subject, signal: AbortSignal) => Promise<unknown>)[] =
  [
    (contacts, _subject, signal) => leaveAfter(1, contacts.list({ signal, pageSize: 5 })),
    (contacts, _subject, signal) => leaveAfter(7, contacts.list({ signal, pageSize: 5 })),
    (contacts, _subject, signal) => leaveAfter(1, contacts.list({ signal, pageSize: 5 }).pages()),
    (contacts, _subject, signal) => contacts.list({ signal, pageSize: 5 }).toArray({ limit: 3 }),
    (contacts, _subject, signal) => leaveAfter(1, contacts.search('P', { signal, pageSize: 5 })),
    async (contacts, _subject, signal) => {
      const reader = exportCsv(contacts, { signal, pageSize: 5 }).getReader()
      await reader.read()
      await reader.cancel()
    },
    (contacts, { ids, patchOf }, signal) => {
      const changes = ids.slice(0, 5).map((ref, n) => ({ ref, patch: patchOf(n) }))
      return leaveAfter(1, contacts.updateMany(changes, { signal, concurrency: 2 }))
    },
  ]

describeAsBefore('readings that are left early', {
  calls: 5_000,
  inMemory: true,
  async wave(subject, _number, signal) {
    const contacts = subject.connect(slow)
    await Promise.all(
      Array.from({ length: WAVE }, (_, n) => readings[n % readings.length]?.(contacts, subject, signal)),
    )
  },
})
