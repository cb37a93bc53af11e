import type { Contact } from '@anycontact/core'
import { type ContactWrite, diffContact } from '@anycontact/core/adapter-kit'
import { fittingRows } from '../answer/answer.ts'
import type { Budget } from '../answer/budget.ts'
import type { Row } from '../answer/contact-row.ts'
import { Refusal } from '../failures.ts'
import { changeRow } from './state.ts'

/** What of a write differs from what is there; `undefined` where nothing does. */
export function changedPart(contact: Contact, write: ContactWrite): ContactWrite | undefined {
  return diffContact(contact, write)
}

/** Tells what a write changes: a row for each field, and for each custom field. */
export function previewRows(contact: Contact | undefined, write: ContactWrite): Row[] {
  return Object.entries(write).flatMap(([field, value]) => {
    if (field !== 'customFields') return [changeRow(field, contact && Reflect.get(contact, field), value)]
    const held = contact?.customFields ?? {}
    // null for the whole removes all.
    const written = write.customFields ?? Object.fromEntries(Object.keys(held).map((key) => [key, null]))
    return Object.entries(written).map(([key, after]) => {
      const before = Object.hasOwn(held, key) ? held[key] : null
      return changeRow(`customFields.${key}`, before, after)
    })
  })
}

/**
 * Refuses a preview that would not show all that is changed: nobody can agree to what is not there.
 *
 * @throws Refusal
 */
export function checkAllShown(rows: readonly Row[], budget: Budget): void {
  if (fittingRows(rows, budget) === rows.length) return
  throw new Refusal(
    'too_much',
    'This changes more fields than one preview can show.',
    'Preview fewer fields at a time, and apply each preview before the next.',
  )
}
