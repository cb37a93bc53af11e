import { type Contact, type CsvColumn, exportCsv } from '@anycontact/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asJson, contactInput, hardText, stored } from '../testing/inputs.ts'
import { readingOf } from '../testing/rows.ts'

const sourceOf = (items: readonly Contact[]) => ({
  async *list(): AsyncGenerator<Contact> {
    yield* items
  },
})

describe('readCsv(exportCsv(contacts))', () => {
  it('gives back every field that can be written', async () => {
    const form = fc.record({
      delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const),
      bom: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(contactInput, { minLength: 1, maxLength: 4 }),
        form,
        fc.boolean(),
        async (inputs, options, asBytes) => {
          const csv = exportCsv(sourceOf(inputs.map(stored)), options)
          const found = await readingOf(asBytes ? csv.pipeThrough(new TextEncoderStream()) : csv)
          expect(found).toEqual(asJson(inputs))
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('gives back custom fields that have columns of their own, as text', async () => {
    const keys = ['plan', 'a.b', '=x', 'constructor', 'Name', 'email']
    const columns = [
      'name',
      ...keys.map((key): CsvColumn => `customFields.${key}`),
    ] as const satisfies CsvColumn[]
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...keys), hardText, { minKeys: 1 }),
        async (customFields) => {
          const contact = stored({ name: 'x', customFields }, 1)
          const csv = exportCsv(sourceOf([contact]), { columns: [...columns] })
          expect(await readingOf(csv)).toEqual([{ name: 'x', customFields }])
        },
      ),
    )
  })

  it('gives back what no spreadsheet is to open, but for an apostrophe that looks like our own', async () => {
    const given = { name: "'t Hooft", note: '=1+1', nickname: "'=1+1" }
    const csv = exportCsv(sourceOf([stored(given, 1)]), { formulaEscape: false })
    expect(await readingOf(csv)).toEqual([{ ...given, nickname: '=1+1' }])
  })
})
