/** A table of the guide. */
export interface Table {
  /** Where it stands in the guide: between `<!-- bench:<id> -->` and `<!-- /bench:<id> -->`. */
  readonly id: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** What was measured, on how many, how often: one sentence below the table. */
  readonly note?: string | undefined
}

/** A table as Markdown. Every column but the first holds figures, and is aligned to the right. */
export function toMarkdown({ head, rows, note }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const rule = head.map((_, index) => (index === 0 ? '---' : '---:'))
  const lines = [line(head), line(rule), ...rows.map(line)]
  return note === undefined ? lines.join('\n') : `${lines.join('\n')}\n\n${note}`
}
