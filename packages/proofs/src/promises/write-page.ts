/** Writes the promises into docs/guides/promises.md, and those of syncs into docs/guides/syncing.md. A test fails when a page is not so. */
import { readFileSync, writeFileSync } from 'node:fs'
import { syncClaims } from './claims/sync.ts'
import { CLAIMS } from './claims.ts'
import { withLaws, withPromises } from './page.ts'

rewrite('promises', (page) => withPromises(page, CLAIMS))
for (const claim of syncClaims) rewrite('syncing', (page) => withLaws(page, claim))
console.log('docs/guides/promises.md and docs/guides/syncing.md are up to date.')

function rewrite(guide: string, change: (page: string) => string): void {
  const file = new URL(`../../../../docs/guides/${guide}.md`, import.meta.url)
  writeFileSync(file, change(readFileSync(file, 'utf8')))
}
