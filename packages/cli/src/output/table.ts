import { safeText } from './safe-text.ts'
import type { Style } from './style.ts'
import { cutTo, widthOf } from './width.ts'

/** A column of a table. */
export interface TableColumn {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right'
}

/** What stands between two columns. */
const GAP = '  '

/** No column is made narrower than this to fit the terminal. */
const NARROWEST = 6

/** How a table is printed. */
export interface TableOptions {
  readonly columns: readonly TableColumn[]
  /** How wide it may be; without it as wide as its cells. */
  readonly width?: number | undefined
  readonly style: Style
}

/** Prints rows under each other, in columns that were measured on the first ones. */
export interface TablePrinter {
  /** The titles, with a line end. */
  readonly head: string
  /** A row, with a line end. */
  row(cells: readonly string[]): string
}

/**
 * Makes a table whose columns are as wide as their widest cell of the sample, or less where all do not fit the width: the widest
 * give way first. Cells are made safe for a terminal, wide characters (CJK, emoji) count two columns, and what is cut ends in `…`.
 *
 * @param sample - the rows that the widths are taken from; a later cell that is wider is cut
 */
export function createTable(
  { columns, width, style }: TableOptions,
  sample: readonly (readonly string[])[],
): TablePrinter {
  const wanted = columns.map(({ title }, index) =>
    Math.max(widthOf(title), ...sample.map((row) => widthOf(safeText(row[index] ?? '')))),
  )
  const widths = width === undefined ? wanted : fitted(wanted, width - GAP.length * (columns.length - 1))
  const line = (cells: readonly string[]): string =>
    columns
      .map(({ align }, index) => cell(cells[index] ?? '', widths[index] ?? 0, align ?? 'left'))
      .join(GAP)
      .trimEnd()
  return {
    head: `${style.bold(line(columns.map(({ title }) => title)))}\n`,
    row: (cells) => `${line(cells)}\n`,
  }
}

/** Prints a whole table. */
export function printTable(options: TableOptions, rows: readonly (readonly string[])[]): string {
  const table = createTable(options, rows)
  return table.head + rows.map((row) => table.row(row)).join('')
}

function cell(text: string, width: number, align: 'left' | 'right'): string {
  const cut = cutTo(safeText(text), width)
  const blanks = ' '.repeat(Math.max(0, width - widthOf(cut)))
  return align === 'right' ? blanks + cut : cut + blanks
}

/** Takes from the widest columns until all fit, but leaves each its least. */
function fitted(wanted: readonly number[], room: number): number[] {
  const widths = [...wanted]
  let over = widths.reduce((sum, one) => sum + one, 0) - room
  while (over > 0) {
    const widest = Math.max(...widths)
    if (widest <= NARROWEST) break
    const at = widths.indexOf(widest)
    const next = Math.max(NARROWEST, ...widths.filter((one) => one < widest))
    const share = widths.filter((one) => one === widest).length
    const step = Math.max(1, Math.min(widest - next, Math.ceil(over / share)))
    widths[at] = widest - step
    over -= step
  }
  return widths
}
