import type { Style } from './style.ts'
import { displayWidth, oneLine, pad, truncate, wrap } from './text.ts'

/** A column of a table. */
export interface Column {
  readonly title: string
  /** @default 'left' */
  readonly align?: 'left' | 'right'
  /** The most columns of the terminal it may take; what is wider is cut. @default as wide as its widest cell */
  readonly maxWidth?: number
  /** How it gives way when the table is too wide: its text is broken into lines, or cut. One column should. @default it stays */
  readonly givesWay?: 'wrap' | 'cut'
  /** Colours a cell, already padded. @default none */
  readonly dress?: (cell: string) => string
}

const GAP = '  '
const MIN_WIDTH = 16

/**
 * Prints rows aligned under titles.
 *
 * @param columns - from left to right
 * @param rows - a cell for each column, without escape codes
 * @param width - the most columns of the terminal that a line may take
 * @returns the lines, the titles first, without blanks at their ends
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { width, style }: { readonly width: number; readonly style: Style },
): readonly string[] {
  const cells = rows.map((row) => columns.map((_, index) => oneLine(row[index] ?? '')))
  const widths = fit(columns, cells, width)
  const titles = columns.map(({ title, align }, index) => pad(title, widths[index] ?? 0, sideOf(align)))
  return [style.dim(titles.join(GAP).trimEnd()), ...cells.flatMap((row) => formatRow(columns, row, widths))]
}

/** A row takes as many lines as its tallest cell. */
function formatRow(
  columns: readonly Column[],
  row: readonly string[],
  widths: readonly number[],
): readonly string[] {
  const lines = columns.map(({ givesWay }, index) => {
    const [cell = '', width = 1] = [row[index], widths[index]]
    return givesWay === 'wrap' ? wrap(cell, width) : [truncate(cell, width)]
  })
  const height = Math.max(...lines.map(({ length }) => length))
  return Array.from({ length: height }, (_, at) => {
    const parts = columns.map(({ align, dress = asItIs }, index) => {
      const text = lines[index]?.[at] ?? ''
      const blanks = pad(text, widths[index] ?? 0, sideOf(align))
      return text === '' ? blanks : blanks.replace(text, () => dress(text))
    })
    return parts.join(GAP).trimEnd()
  })
}

function fit(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  limit: number,
): readonly number[] {
  const widths = columns.map(({ title, maxWidth = Number.POSITIVE_INFINITY }, index) => {
    const widest = Math.max(displayWidth(title), ...cells.map((row) => displayWidth(row[index] ?? '')))
    return Math.max(1, Math.min(widest, maxWidth))
  })
  const total = widths.reduce((sum, width) => sum + width, GAP.length * (columns.length - 1))
  const giving = columns.findIndex(({ givesWay }) => givesWay !== undefined)
  const given = widths[giving]
  if (total > limit && given !== undefined) {
    widths[giving] = Math.max(MIN_WIDTH, given - (total - limit))
  }
  return widths
}

function sideOf(align: Column['align']): 'left' | 'right' {
  return align ?? 'left'
}

function asItIs(cell: string): string {
  return cell
}
