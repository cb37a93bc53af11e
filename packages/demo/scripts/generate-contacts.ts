/**
 * Writes `data/contacts.csv`. The file is committed; run this after a change of the generator:
 *
 *     pnpm --filter @anycontact/demo generate
 */
import { writeFile } from 'node:fs/promises'
import { generateContactsCsv } from './contacts/generate.ts'

await writeFile(new URL('../data/contacts.csv', import.meta.url), generateContactsCsv())
