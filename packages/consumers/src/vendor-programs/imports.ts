import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const guide = resolve(import.meta.dirname, '../../../../docs/guides/migrating.md')

/** Stands in the guide for what comes after a common beginning. */
const REST = '…'

/** Reads the guide's table of imports: what is imported of a vendor, and what it becomes. */
function importTable(): ReadonlyMap<string, string> {
  const rows = readFileSync(guide, 'utf8').matchAll(/^\| `(@[^`]+)` \| `(@anycontact\/[^`]+)` \|/gm)
  return new Map([...rows].map(([, theirs = '', ours = '']) => [theirs, ours]))
}

/**
 * Changes the imports of a vendor's program, and nothing else, as the guide says.
 *
 * @throws where the guide has no row for an import
 */
export function changeImports(program: string): string {
  const table = importTable()
  return program.replace(
    /(from |import |import\()'(@[^']+)'/g,
    (_, keyword: string, module: string) => `${keyword}'${changed(table, module)}'`,
  )
}

function changed(table: ReadonlyMap<string, string>, module: string): string {
  for (const [theirs, ours] of table) {
    if (theirs === module) return ours
    const start = theirs.slice(0, -REST.length)
    if (theirs.endsWith(REST) && module.startsWith(start))
      return ours.replace(REST, module.slice(start.length))
  }
  throw new Error(`The guide to migrating does not say what ${module} becomes.`)
}
