import { type ContactInput, ContactsError, type ContactsErrorIssue, type RefKey } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import { detached } from './detached.ts'
import type { RecordName } from './problems.ts'

/** Sees to it that each contact of a file has its key, and no other's. */
export class KeyCheck {
  readonly #by: RefKey
  readonly #name: RecordName
  readonly #lines = new Map<string, number>()

  /**
   * @param name - what a contact of the file is called
   */
  constructor(by: RefKey, name: RecordName) {
    this.#by = by
    this.#name = name
  }

  /**
   * Checks the key of a contact. A record that is refused for something else counts as the first with its key all the same: mended, it
   * would be written over the other.
   *
   * @param issues - what is wrong with the contact otherwise; a missing key is added
   * @returns the error for a key that an earlier record has
   */
  check(contact: ContactInput, line: number, issues: ContactsErrorIssue[]): ContactsError | undefined {
    const by = this.#by
    if (issues.some(({ path }) => path === by)) return undefined
    const value = contact[by]
    if (typeof value !== 'string') {
      issues.push({ path: by, message: 'is missing, and tells contacts apart' })
      return undefined
    }
    const form = keyForm(by, value)
    const first = this.#lines.get(form)
    if (first === undefined) {
      this.#lines.set(detached(form), line)
      return undefined
    }
    const message = `is the same as in line ${first}`
    return new ContactsError({
      code: 'conflict',
      message: `The ${this.#name} is left out: its ${by} ${message}.`,
      issues: [{ path: by, message }],
    })
  }
}
