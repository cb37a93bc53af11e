import { ContactsError, type ContactsErrorIssue } from '@anycontact/core'

/** What contacts are compared by. */
export const DUPLICATE_KEYS = ['email', 'phone', 'name'] as const

/** One of {@link DUPLICATE_KEYS}. */
export type DuplicateKey = (typeof DUPLICATE_KEYS)[number]

/** How far {@link findDuplicates} is. */
export interface DuplicatesProgress {
  /** How many contacts were read. */
  readonly read: number
  /** `reading`, then `comparing`. */
  readonly phase: 'reading' | 'comparing'
}

/** What is compared, and how. */
export interface FindDuplicatesOptions {
  /** What makes contacts duplicates: one or more of `email`, `phone` and `name`. A name alone never does. */
  readonly by: readonly DuplicateKey[]
  /**
   * How like two names must be, from 0 to 1: one less the share of letters that differ. With the default one letter in ten may differ, so
   * that names of fewer than ten letters must be the same.
   * @default 0.9
   */
  readonly nameSimilarity?: number | undefined
  /**
   * How many contacts at most may have an email address or a phone number in common and be duplicates by it. What more of them have is
   * told under `crowds`; in it, names are still compared.
   * @default 25
   */
  readonly maxShared?: number | undefined
  /**
   * Rewrites an email address or a phone number before it is compared, where you know more about it than its letters say: that dots
   * in addresses of `gmail.com` mean nothing, or which country a number without one belongs to. Nothing of that kind is guessed.
   */
  readonly canonical?: ((key: 'email' | 'phone', value: string) => string) | undefined
  /**
   * Domains of email addresses that say nothing about who people work with, beside the large public ones, such as `gmail.com`.
   * @default none
   */
  readonly publicDomains?: readonly string[] | undefined
  /** Called now and then. What it throws ends the search. */
  readonly onProgress?: ((progress: DuplicatesProgress) => void) | undefined
  /** Ends the search; its reason is thrown as it is. */
  readonly signal?: AbortSignal | undefined
}

/** Options that have been checked. */
export interface DuplicatesSettings extends FindDuplicatesOptions {
  readonly nameSimilarity: number
  readonly maxShared: number
  readonly publicDomains: readonly string[]
}

const KNOWN: readonly string[] = [
  'by',
  'nameSimilarity',
  'maxShared',
  'canonical',
  'publicDomains',
  'onProgress',
  'signal',
] satisfies (keyof FindDuplicatesOptions)[]

const isFunction = (value: unknown): boolean => value === undefined || typeof value === 'function'

/**
 * Checks options.
 *
 * @throws ContactsError `invalid_input` for what cannot work; tells of all that is wrong
 */
export function checkOptions(given: FindDuplicatesOptions): DuplicatesSettings {
  const issues: ContactsErrorIssue[] = []
  const expect = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  // Programs without types may give anything.
  const { by, nameSimilarity = 0.9, maxShared = 25, canonical, publicDomains = [], onProgress } = given ?? {}
  for (const key of Object.keys(given ?? {})) {
    expect(KNOWN.includes(key), key, `is not an option; the options are ${KNOWN.join(', ')}`)
  }
  const keys: readonly unknown[] = DUPLICATE_KEYS
  expect(
    Array.isArray(by) && by.length > 0 && by.every((key) => keys.includes(key)),
    'by',
    "must be an array of at least one of 'email', 'phone' and 'name'",
  )
  expect(nameSimilarity > 0 && nameSimilarity <= 1, 'nameSimilarity', 'must be more than 0 and at most 1')
  expect(Number.isInteger(maxShared) && maxShared >= 2, 'maxShared', 'must be a whole number of 2 or more')
  expect(
    Array.isArray(publicDomains) && publicDomains.every((domain) => typeof domain === 'string'),
    'publicDomains',
    'must be an array of strings',
  )
  expect(isFunction(canonical), 'canonical', 'must be a function')
  expect(isFunction(onProgress), 'onProgress', 'must be a function')
  if (issues.length > 0) {
    throw new ContactsError({
      code: 'invalid_input',
      operation: 'findDuplicates',
      message: `findDuplicates cannot search as it is asked to: ${issues.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
      issues,
    })
  }
  return { ...given, nameSimilarity, maxShared, publicDomains }
}
