import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readingOf } from '../testing/rows.ts'

/** Headers of all kinds, so few that some come twice. */
const header = fc.constantFrom(
  ...['Name', 'First Name', 'Notes', 'Labels', 'City', 'City (2)', 'customFields.plan', 'Middle Name'],
  ...['Email', 'E-mail 2 Address', 'Work Email', 'E-mail 1 - Value', 'E-mail 1 - Label'],
  ...[
    'Phone',
    'Mobile Phone',
    'Home Phone',
    'Business Fax',
    'Phone 1 - Value',
    'Phone 1 - Label',
    'Phone 2 - Value',
    'Phone 2 - Label',
  ],
)

/** What a column of a name may hold: of each cell another, so that it can be found again; but some addresses come twice. */
function cellOf(header: string, index: number): string {
  if (header.endsWith('Label')) return `called ${index}x`
  if (/mail/i.test(header)) return `someone${index % 2}x@example.com`
  return /phone|fax/i.test(header) ? `+351 900 000 ${100 + (index % 2)}` : `text ${index}x`
}

describe('a row that is read', () => {
  it.each(['contactMethods', 'customFields'] as const)(
    'has all that is in its cells somewhere, with further addresses as %s',
    async (addresses) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(header, fc.boolean()), { minLength: 1, maxLength: 20 }),
          async (columns) => {
            // Two columns of the same kind that are called otherwise are for the caller to tell apart.
            const headers = ['Name', ...columns.map(([name]) => name)]
            const cells = [
              'Ana',
              ...columns.map(([name, isFilled], index) => (isFilled ? cellOf(name, index) : '')),
            ]
            const [read] = await readingOf(`${headers.join(',')}\n${cells.join(',')}\n`, { addresses })
            const text = JSON.stringify(read)
            for (const [index, cell] of cells.entries()) {
              // What an address is called that is not there says nothing.
              const title = headers[index] ?? ''
              const value = headers.indexOf(title.replace('Label', 'Value'))
              const isIdle =
                title.endsWith('Label') && addresses === 'contactMethods' && value >= 0 && !cells[value]
              if (!isIdle || headers.indexOf(title) !== index)
                expect([title, text]).toEqual([title, expect.stringContaining(cell)])
            }
          },
        ),
        { numRuns: 500 },
      )
    },
  )
})
