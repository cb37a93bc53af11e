/** A part of a page that a script writes: what stands between its marks. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Which part of which page. */
export interface PagePart {
  /** The page, from the root of the repository. */
  readonly page: string
  /** The name in its marks: `<!-- name:begin … -->`. */
  readonly name: string
  /** The command that writes it. */
  readonly command: string
  /** What it is, in words. */
  readonly what: string
}

/**
 * Writes a part of a page, or only compares it, and says what it has done. A comparison that fails makes the program fail.
 *
 * @param content - what is to be there
 * @param isCheck - whether to write nothing
 */
export function writePart({ page, name, command, what }: PagePart, content: string, isCheck: boolean): void {
  const file = join(resolve(import.meta.dirname, '..'), page)
  const begin = `<!-- ${name}:begin (made by \`${command}\`) -->`
  const end = `<!-- ${name}:end -->`
  const text = readFileSync(file, 'utf8')
  const [before, rest] = split(page, text, begin)
  const [, after] = split(page, rest, end)
  const updated = `${before}${begin}\n\n${content}\n\n${end}${after}`
  if (!isCheck) {
    writeFileSync(file, updated)
    console.log(`${what} in ${page} are up to date.`)
  } else if (updated === text) {
    console.log(`${what} in ${page} are what they would be.`)
  } else {
    console.error(`${what} in ${page} are stale: run \`${command}\`.`)
    process.exitCode = 1
  }
}

function split(page: string, whole: string, marker: string): [string, string] {
  const at = whole.indexOf(marker)
  if (at < 0) throw new Error(`${page} has no ${marker}`)
  return [whole.slice(0, at), whole.slice(at + marker.length)]
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}
