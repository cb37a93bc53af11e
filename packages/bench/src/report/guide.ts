import { type Table, toMarkdown } from './table.ts'

/**
 * Puts tables into a guide, each between its marks. Tables that were not measured stay as they are.
 *
 * @throws Error for a table that the guide has no place for
 */
export function putTables(guide: string, tables: readonly Table[]): string {
  return tables.reduce((text, table) => {
    const [begin, end] = [`<!-- bench:${table.id} -->`, `<!-- /bench:${table.id} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from === -1 || to < from)
      throw new Error(`The guide has no place for the table ${table.id}: ${begin} and ${end}.`)
    return `${text.slice(0, from + begin.length)}\n\n${toMarkdown(table)}\n\n${text.slice(to)}`
  }, guide)
}
