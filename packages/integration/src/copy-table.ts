import { COPIED_FIELDS, type CopiedField, type Fate } from './compare.ts'
import { type Copy, SOURCES, type Source, TARGETS } from './copying.ts'

/** How many contacts the table is made with. */
export const CONTACT_COUNT = 2000

const BEGIN = '<!-- copy-table:begin -->'
const END = '<!-- copy-table:end -->'

/** A page with what is between its markers replaced by a table. @throws Error when a marker is not there */
export function withTable(page: string, table: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)]
  if (begin < 0 || end < begin) throw new Error(`The page has no ${BEGIN} before an ${END}.`)
  return `${page.slice(0, begin + BEGIN.length)}\n${table}\n${page.slice(end)}`
}

/** Which fields survive, as Markdown: a section for each provider that is copied from. */
export function copyTable(copies: readonly Copy[]): string {
  return `\n${SOURCES.map((from) => section(from, copies)).join('\n\n')}\n`
}

function section(from: Source, copies: readonly Copy[]): string {
  const there = copies.filter((copy) => copy.from === from && !copy.back)
  const back = copies.filter((copy) => copy.from === from && copy.back)
  const parts = [`### From ${from}`, table(there, 'to')]
  if (back.length > 0)
    parts.push(
      `And back into an empty ${from}, compared with what was there at first:`,
      table(back, 'by way of'),
    )
  return parts.join('\n\n')
}

function table(copies: readonly Copy[], way: string): string {
  const columns = TARGETS.flatMap((to) => copies.find((copy) => copy.to === to) ?? [])
  const fields = COPIED_FIELDS.filter((field) => columns.some(({ whole }) => whole.has(field)))
  const rows = [
    ['contacts', ...columns.map(contactsCell)],
    ...fields.map((field) => [`\`${field}\``, ...columns.map((copy) => fieldCell(copy, field))]),
  ]
  const added = columns.map(({ added }) => [...added].map((field) => `\`${field}\``).join(', '))
  if (added.some((cell) => cell !== '')) rows.push(['added', ...added])
  const head = ['', ...columns.map(({ to }) => `${way} ${to}`)]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function contactsCell({ original, arrived }: Copy): string {
  return arrived === original ? `all ${number(original)}` : `${number(arrived)} of ${number(original)}`
}

/** One word where the fate is the same for all. */
function fieldCell({ whole }: Copy, field: CopiedField): string {
  const counts = whole.get(field)
  if (!counts) return ''
  const fates = (['kept', 'changed', 'lost'] as const satisfies readonly Fate[]).filter(
    (fate) => counts[fate] > 0,
  )
  const [only, ...others] = fates
  if (only !== undefined && others.length === 0) return only === 'lost' ? '–' : only
  return fates.map((fate) => `${fate} ${number(counts[fate])}`).join(', ')
}

function number(value: number): string {
  return value.toLocaleString('en-US')
}
