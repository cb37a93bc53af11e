import type { Contact, RefKey } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'

/** How the key of a side's contacts is read. */
export interface KeyRule {
  readonly field: RefKey
  /** Whether the side's ids are the caller's own, and so its external ids. */
  readonly hasOwnIds: boolean
}

/**
 * The key of a contact as it is spelled. One that has no external id goes by its provider and the id it has there, `chatbotkit:cm4…`,
 * as in copies, so that ids of two sides never meet.
 *
 * @returns `undefined` for a contact without the email or phone that it would go by
 */
export function spelledKey({ field, hasOwnIds }: KeyRule, contact: Contact): string | undefined {
  if (field === 'id') return contact.id
  const value = contact[field]
  if (value !== undefined && value.trim() !== '') return value
  if (field !== 'externalId') return undefined
  return hasOwnIds ? contact.id : `${contact.provider}:${contact.id}`
}

/** The form that keys are compared by. */
export function comparedKey({ field }: KeyRule, key: string): string {
  return keyForm(field, key)
}
