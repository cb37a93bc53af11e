/** Writes the promises into docs/guides/promises.md. A test fails when the page is not what this would write. */
import { readFileSync, writeFileSync } from 'node:fs'
import { CLAIMS } from './claims.ts'
import { withPromises } from './page.ts'

const page = new URL('../../../../docs/guides/promises.md', import.meta.url)
writeFileSync(page, withPromises(readFileSync(page, 'utf8'), CLAIMS))
console.log('docs/guides/promises.md is up to date.')
