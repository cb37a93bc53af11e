import type { ProviderName } from '../shared/providers.ts'
import { batchWithOneBadItem } from './batch.ts'
import { whatItCannotDo } from './cannot.ts'
import { copyToAnother } from './copy.ts'
import { importFromCsv } from './csv.ts'
import { cutListing } from './cut-listing.ts'
import { dryRunOfABatch } from './dry-run.ts'
import type { Example } from './example.ts'
import { list } from './list.ts'
import { lostAnswer } from './lost-answer.ts'
import { upsert } from './upsert.ts'

export type { Example } from './example.ts'

/** The examples, in the order of the menu. */
export const EXAMPLES: readonly Example[] = [
  list,
  upsert,
  batchWithOneBadItem,
  dryRunOfABatch,
  importFromCsv,
  copyToAnother,
  lostAnswer,
  cutListing,
  whatItCannotDo,
]

/** The examples that there are for a provider. */
export function examplesOf(provider: ProviderName): readonly Example[] {
  return EXAMPLES.filter(({ programs }) => programs[provider] !== undefined)
}

/** The example of a name, where the provider has it; else its first one. */
export function exampleOf(provider: ProviderName, name: string): Example {
  const found = examplesOf(provider).find((example) => example.name === name)
  return found ?? list
}
