/**
 * Writes which fields survive a copy into the guide, from copies made between the emulated providers. `--check` writes nothing
 * and fails when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { CONTACT_COUNT, copyTable, withTable } from './copy-table.ts'
import { copyAround } from './copying.ts'

const page = new URL('../../../docs/guides/copying.md', import.meta.url)
const text = readFileSync(page, 'utf8')
const updated = withTable(text, copyTable(await copyAround(CONTACT_COUNT)))

if (!process.argv.includes('--check')) {
  writeFileSync(page, updated)
  console.log('The tables in docs/guides/copying.md are up to date.')
} else if (updated === text) {
  console.log('The tables in docs/guides/copying.md are what copies come to.')
} else {
  console.error('The tables in docs/guides/copying.md are stale: run `pnpm docs:copy-table`.')
  process.exitCode = 1
}
