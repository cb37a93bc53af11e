import { ContactsError, type ContactsErrorIssue, type RefKey, type WritableField } from '@anycontact/core'
import { isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import { PLAIN_FIELDS } from '../project/places.ts'
import type { InputRows } from './row-reader.ts'

/** A row of which no contact could be made. */
export interface RefusedInput {
  readonly error: ContactsError
  /** Where it stands in its file, where that is known. */
  readonly line: number | undefined
}

/** What a source is made of inputs with. */
export interface InputSourceInit<Fields extends readonly WritableField[], By extends RefKey> {
  /** What it is called in contacts, errors and the ledger: a short name in small letters, such as `csv`. */
  readonly provider: string
  /**
   * The key that every input has. It is what an input is known by, so its place in a file may change. An input whose key an earlier one
   * has is refused.
   */
  readonly by: By
  /**
   * The fields that inputs can have. A sync brings these into step: one that an input does not have is empty, or with the sync's
   * `absent: 'leave'` left as it is. An input with another field is refused, so that nothing is lost that nobody knew of.
   */
  readonly fields: Fields
  /**
   * Opens the inputs at their beginning; called again to go on after a stop, and in the next run. They must come in the same order
   * as long as they are the same.
   */
  readonly open: () => InputRows | Promise<InputRows>
  /**
   * Told of each row of which no contact could be made, or whose key an earlier row has. What it throws is ignored. It is told once of
   * each, and in a process that goes on with the reading of another one, of those before that place, too. One that goes on with a run
   * when the reading was at its end reads nothing, and hears of none.
   */
  readonly onRefused?: ((refused: RefusedInput) => void) | undefined
}

const FIELDS: readonly string[] = [...PLAIN_FIELDS, 'customFields']

const KNOWN: readonly string[] = [
  'provider',
  'by',
  'fields',
  'open',
  'onRefused',
] satisfies (keyof InputSourceInit<readonly WritableField[], RefKey>)[]

/**
 * Checks what a source is made with.
 *
 * @throws ContactsError `config` for what cannot work; tells of all that is wrong
 */
export function checkInit<Fields extends readonly WritableField[], By extends RefKey>(
  given: InputSourceInit<Fields, By>,
): InputSourceInit<Fields, By> {
  const issues: ContactsErrorIssue[] = []
  const expect = (holds: boolean, path: string, message: string): void => {
    if (!holds) issues.push({ path, message })
  }
  // Programs without types may give anything.
  const init: Partial<InputSourceInit<Fields, By>> = isPlainObject(given) ? given : {}
  const { provider, by, fields, open, onRefused } = init
  for (const name of Object.keys(init)) {
    expect(KNOWN.includes(name), name, `is not an option; the options are ${KNOWN.join(', ')}`)
  }
  expect(
    typeof provider === 'string' && /^[a-z][a-z0-9-]*$/.test(provider),
    'provider',
    'must be a short name in small letters, with digits and hyphens',
  )
  expect(by !== undefined && REF_KEYS.includes(by), 'by', `must be one of ${REF_KEYS.join(', ')}`)
  expect(
    Array.isArray(fields) && fields.every((field) => FIELDS.includes(field)),
    'fields',
    `must be an array of names of fields: ${FIELDS.join(', ')}`,
  )
  expect(typeof open === 'function', 'open', 'must be a function that gives the inputs')
  expect(onRefused === undefined || typeof onRefused === 'function', 'onRefused', 'must be a function')
  if (issues.length === 0) return given
  throw new ContactsError({
    code: 'config',
    operation: 'inputSource',
    message: `The source cannot be made so: ${issues.map(({ path, message }) => `${path} ${message}`).join('; ')}.`,
    issues,
  })
}
