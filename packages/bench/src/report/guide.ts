import { type Table, toMarkdown } from './table.ts'

/**
 * Puts tables into a guide, each between its marks. Tables that were not measured stay as they are.
 *
 * @throws Error for a table that the guide has no place for
 */
export function putTables(guide: string, tables: readonly Table[]): string {
  return tables.reduce((text, table) => putBetween(text, table.id, toMarkdown(table)), guide)
}

/**
 * Puts something between its marks, `<!-- bench:<id> -->` and `<!-- /bench:<id> -->`, in place of what is there.
 *
 * @throws Error where there are no such marks
 */
export function putBetween(text: string, id: string, markdown: string): string {
  const [begin, end] = marksOf(id)
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`There is no place for ${id}: ${begin} and ${end}.`)
  return `${text.slice(0, from + begin.length)}\n\n${markdown}\n\n${text.slice(to)}`
}

/** What stands between marks. @throws Error where there are none */
export function betweenMarks(text: string, id: string): string {
  const [begin, end] = marksOf(id)
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`There is no ${id}: ${begin} and ${end}.`)
  return text.slice(from + begin.length, to).trim()
}

/** The ids of the tables that a guide has places for. */
export function placesIn(guide: string): readonly string[] {
  return Array.from(guide.matchAll(/<!-- bench:(\S+) -->[\s\S]*?<!-- \/bench:\1 -->/g), ([, id = '']) => id)
}

/**
 * The tables of a guide that would stay beside those of another machine.
 *
 * @param measured - the ids of the tables that are put in
 * @param machine - what they are measured on; its row `date` says nothing about the machine
 */
export function othersMachines(
  guide: string,
  measured: readonly string[],
  machine: Table,
): readonly string[] {
  const described = (text: string): string => text.replace(/^\| date \|.*$/m, '')
  const known = betweenMarks(guide, machine.id)
  if (described(known) === described(toMarkdown(machine))) return []
  return placesIn(guide).filter(
    (id) => id !== machine.id && !measured.includes(id) && betweenMarks(guide, id) !== '',
  )
}

function marksOf(id: string): readonly [string, string] {
  return [`<!-- bench:${id} -->`, `<!-- /bench:${id} -->`]
}
