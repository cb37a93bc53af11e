import type { Cell, CellName } from './table.ts'

/** What a cell is called. */
export function nameOf({ provider, operation, fault, when }: CellName): string {
  return `${provider} ${operation} / ${fault} / ${when}`
}

/** The table as JSON, a line for each cell, in the order in which it was run. */
export function jsonOf(cells: readonly Cell[]): string {
  const lines = cells.map((cell) => `  ${JSON.stringify(nameOf(cell))}: ${JSON.stringify(cell.text)}`)
  return `{\n${lines.join(',\n')}\n}\n`
}
