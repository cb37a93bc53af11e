import { type BatchResult, type ContactInput, ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv } from '../csv/read-csv.ts'
import { refusedCsv } from '../csv/refused-csv.ts'
import { importContacts } from './import-contacts.ts'

const by = 'externalId' as const
const HEADER = 'externalId,name,email\n'

/** A file that breaks off. */
async function* broken(...parts: string[]): AsyncGenerator<string> {
  yield* parts
  throw new Error('cut off')
}

const told = ({
  failures,
}: {
  failures: readonly { line: number; error: { applied: string; message: string } }[]
}) => failures.map(({ line, error }) => [line, error.applied, error.message])

describe('an import that ends midway', () => {
  it('tells what was done where the file breaks off, and which rows were not sent any more', async () => {
    const contacts = memory()
    const lines = Array.from({ length: 100 }, (_, index) => `u-${index},Ana,\n`)
    const file = broken(HEADER, ...lines, 'u-b,Ben,x\n', 'u-e,Eva,\n')
    const report = await importContacts(readCsv(file, { by }), (items) => contacts.upsertMany(items, { by }))
    expect(report).toMatchObject({ rows: 102, created: 100, endedBy: new Error('cut off') })
    expect(told(report)).toEqual([
      [102, 'no', expect.stringContaining('must look like an email address')],
      [103, 'no', 'The row was not written: the import ended before.'],
    ])
    expect(await contacts.count()).toBe(100)
  })

  it('names the rows that were not sent when the file broke off', async () => {
    const contacts = memory()
    const file = broken(HEADER, 'u-1,Ana,\nu-2,Ben,\n')
    const report = await importContacts(readCsv(file, { by }), (items) =>
      contacts.upsertMany(items, { by, atomic: true }),
    )
    const message = 'The row was not written: the import ended before.'
    expect(told(report)).toEqual([
      [2, 'no', message],
      [3, 'no', message],
    ])
    expect(refusedCsv(report)).toContain(`u-1,Ana,,line 2: ${message}`)
    expect(await contacts.count()).toBe(0)
  })

  it('names the line because of which an atomic batch failed, in each row of it', async () => {
    const contacts = memory()
    await contacts.create({ externalId: 'u-2' })
    const file = `${HEADER}u-1,Ana,\nu-9,Zoe,x\n\nu-2,Ben,\nu-3,Eva,\n`
    const report = await importContacts(readCsv(file), (items) =>
      contacts.createMany(items, { atomic: true }),
    )
    expect(report).toMatchObject({ rows: 4, created: 0, endedBy: { code: 'conflict' } })
    const because = 'The batch failed as a whole, because of line 5.'
    expect(told(report)).toEqual([
      [2, 'no', because],
      [3, 'no', expect.stringContaining('must look like an email address')],
      [5, 'no', 'The row was refused, and the batch with it: externalId is taken.'],
      [6, 'no', because],
    ])
  })

  it('does not know what became of what was under way when it was left', async () => {
    const contacts = memory()
    const controller = new AbortController()
    const reason = new Error('enough')
    const report = await importContacts(readCsv(`${HEADER}u-1,,\nu-2,,\nu-3,,\nu-4,,\n`, { by }), (items) =>
      contacts.upsertMany(items, {
        by,
        concurrency: 2,
        signal: controller.signal,
        onProgress: ({ done }) => done === 1 && controller.abort(reason),
      }),
    )
    expect(report.endedBy).toBe(reason)
    expect(report.created).toBe(1)
    expect(report.rows).toBe(1 + report.failures.length)
    for (const { error } of report.failures) expect(error.applied).toBe('unknown')
  })

  it('ends at once where the file hangs, and takes nothing that comes later', async () => {
    const contacts = memory()
    const controller = new AbortController()
    let go: () => void = () => undefined
    const late = new Promise<void>((resolve) => {
      go = resolve
    })
    let isLeft = false
    async function* slow() {
      try {
        yield `${HEADER}u-1,Ana,\n`
        setTimeout(() => controller.abort(new Error('enough')), 5)
        await late
        yield 'u-2,Ben,x\nu-3,Eva,\n'
        yield 'u-4,Zoe,\n'
      } finally {
        isLeft = true
      }
    }
    const { signal } = controller
    const report = await importContacts(readCsv(slow()), (items) => contacts.createMany(items, { signal }))
    go()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(report).toMatchObject({
      rows: 1,
      created: 0,
      failures: [{ line: 2 }],
      endedBy: new Error('enough'),
    })
    expect(isLeft).toBe(true)
    expect(await contacts.count()).toBe(0)
  })
})

const refusal = new ContactsError({ code: 'conflict', message: 'Taken.' })

/** What becomes of a row. */
const fate = fc.constantFrom('unreadable', 'created', 'updated', 'unchanged', 'stored', 'refused', 'lost')

describe('a report', () => {
  it('adds up, whatever becomes of the rows, and in whatever order that is told', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { maxLength: 30 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat()),
        async (fates, isCut, order) => {
          const text =
            HEADER +
            fates.map((one, index) => `${one}-${index},Ana,${one === 'unreadable' ? 'x' : ''}\n`).join('')
          async function* write(items: AsyncIterable<ContactInput>): AsyncGenerator<BatchResult<object>> {
            const results: BatchResult<{ readonly outcome: string }>[] = []
            let index = 0
            for await (const { externalId = '' } of items) {
              const [outcome = ''] = (externalId ?? '').split('-')
              if (outcome === 'refused') results.push({ ok: false, index, error: refusal })
              else if (outcome !== 'lost') results.push({ ok: true, index, outcome })
              index++
            }
            const keyed = results.map((result) => ({ result, place: order.next().value ?? 0 }))
            for (const { result } of keyed.sort((a, b) => a.place - b.place)) yield result
            if (isCut || fates.includes('lost')) throw new Error('over')
          }
          const run = importContacts(readCsv(text), write)
          if (isCut && fates.length === 0) {
            await expect(run).rejects.toThrow('over')
            return
          }
          const report = await run
          const { rows, created, updated, unchanged, stored, failures } = report
          expect(rows).toBe(fates.length)
          expect(created + updated + unchanged + stored + failures.length).toBe(rows)
          const wanted = fates.flatMap((one, index) =>
            /unreadable|refused|lost/.test(one) ? [index + 2] : [],
          )
          expect(failures.map(({ line }) => line)).toEqual(wanted)
          for (const { row, line } of failures) expect(row.cells[0]).toBe(`${fates[line - 2]}-${line - 2}`)
          expect(report.endedBy instanceof Error).toBe(isCut || fates.includes('lost'))
        },
      ),
    )
  })
})
