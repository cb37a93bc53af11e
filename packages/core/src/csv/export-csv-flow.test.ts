import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ListQuery } from '../model/query.ts'
import { type CsvSource, exportCsv } from './export-csv.ts'
import { parseCsv } from './testing/parse-csv.ts'
import { contactWith, textOf, watchedSource } from './testing/sources.ts'

describe('exportCsv', () => {
  describe('flow', () => {
    it('asks for nothing before the first read', async () => {
      const { source, queries, seen } = watchedSource(async (index) => contactWith({ id: String(index) }))
      const stream = exportCsv(source)
      await new Promise((resolve) => setImmediate(resolve))
      expect(queries).toEqual([])
      await stream.cancel()
      expect(queries).toEqual([])
      expect(seen).toEqual({ read: 0, returned: 0 })
    })

    it('reads no further than the consumer: an endless listing stands still between reads', async () => {
      const { source, seen } = watchedSource(async (index) => contactWith({ id: String(index) }))
      const reader = exportCsv(source, { columns: ['id', 'name'] }).getReader()
      const first = await reader.read()
      const readOnce = seen.read
      await new Promise((resolve) => setImmediate(resolve))
      expect(seen.read).toBe(readOnce)
      // What was read is what was handed out.
      expect(parseCsv(first.value ?? '').length).toBe(readOnce + 1)
      expect((first.value ?? '').length).toBeLessThan(10_000)

      await reader.read()
      expect(seen.read).toBeGreaterThan(readOnce)
      await reader.cancel()
      expect(seen.returned).toBe(1)
    })

    it('hands out whole records, all of them, in order', async () => {
      const { source } = watchedSource(async (index) =>
        index < 3000 ? contactWith({ id: String(index), note: '"\n,' }) : undefined,
      )
      const ids: (string | undefined)[] = []
      let chunks = 0
      for await (const chunk of exportCsv(source, { columns: ['id', 'note'] })) {
        ids.push(...parseCsv(chunk).map(([id]) => id))
        chunks++
      }
      expect(ids).toEqual(['id', ...Array.from({ length: 3000 }, (_, index) => String(index))])
      expect(chunks).toBeGreaterThan(1)
    })

    it('ends the listing when it is cancelled while a contact is awaited', async () => {
      const left = { reason: undefined as unknown }
      const { source, seen } = watchedSource(
        (_index, signal) =>
          new Promise((_resolve, reject) => {
            signal?.addEventListener('abort', () => {
              left.reason = signal.reason
              reject(signal.reason)
            })
          }),
      )
      const reader = exportCsv(source).getReader()
      const read = reader.read()
      await new Promise((resolve) => setImmediate(resolve))
      const reason = new Error('enough')
      await reader.cancel(reason)
      expect(await read).toEqual({ done: true, value: undefined })
      expect(left.reason).toBe(reason)
      expect(seen.returned).toBe(1)
    })

    it("passes the caller's abort through untouched", async () => {
      const controller = new AbortController()
      const reason = new Error('changed my mind')
      const { source } = watchedSource(async (index, signal) => {
        if (index === 1000) controller.abort(reason)
        signal?.throwIfAborted()
        return contactWith()
      })
      await expect(textOf(exportCsv(source, { signal: controller.signal }))).rejects.toBe(reason)
    })

    it('fails at once when the listing fails before the first contact', async () => {
      const error = new ContactsError({ code: 'unauthenticated', message: 'no' })
      const { source } = watchedSource(async () => {
        throw error
      })
      await expect(exportCsv(source).getReader().read()).rejects.toBe(error)
      const refusing: CsvSource<ListQuery> = {
        list() {
          throw error
        },
      }
      await expect(exportCsv(refusing).getReader().read()).rejects.toBe(error)
    })

    it('hands out the rows before a failure, then fails with it', async () => {
      const error = new ContactsError({ code: 'network', message: 'cut' })
      const source: CsvSource<ListQuery> = {
        async *list() {
          yield contactWith({ id: '0' })
          yield contactWith({ id: '1' })
          throw error
        },
      }
      const reader = exportCsv(source, { columns: ['id'] }).getReader()
      expect(await reader.read()).toEqual({ done: false, value: 'id\r\n0\r\n1\r\n' })
      await expect(reader.read()).rejects.toBe(error)
    })

    it('ends the listing when a contact cannot be printed', async () => {
      const { source, seen } = watchedSource(async () => contactWith({ raw: { n: 1n } }))
      await expect(
        exportCsv(source, { columns: ['raw'] })
          .getReader()
          .read(),
      ).rejects.toThrow(TypeError)
      expect(seen.returned).toBe(1)
    })
  })
})
