import type { Contact, RefKey } from '@anycontact/core'
import { sameJson } from '@anycontact/core/adapter-kit'
import { READABLE_FIELDS, type Row, row } from '../answer/contact-row.ts'

/** A contact without the vendor's own record, which may change whenever it is read. */
export type PlainContact = Omit<Contact, 'raw'>

/** What a change rests on: a preview is of this state, and of no other. */
export interface State {
  /** The contact that is changed; absent where there is none. */
  readonly contact?: Contact | undefined
  /** Who has the keys that are written: the contact's id, `none`, or `several`. */
  readonly taken: { readonly [Key in RefKey]?: string }
}

/** A state as it is kept until the change is made. */
export interface SeenState {
  readonly contact?: PlainContact | undefined
  readonly taken: State['taken']
}

/** What is kept of a state. */
export function seen({ contact, taken }: State): SeenState {
  return { ...(contact && { contact: plain(contact) }), taken }
}

function plain({ raw: _raw, ...contact }: Contact): PlainContact {
  return contact
}

/** Whether nothing has changed, in any field. */
export function isSame(before: SeenState, now: State): boolean {
  return sameJson(before, seen(now))
}

/** Tells what has changed since a preview: a row for each field, and for each key that somebody has now. */
export function changesSince(before: SeenState, now: State): Row[] {
  const rows = before.contact && now.contact ? differences(before.contact, now.contact) : []
  for (const [key, holder] of Object.entries(now.taken)) {
    const earlier = Object.entries(before.taken).find(([name]) => name === key)?.[1]
    if (holder !== earlier) rows.push(row({ key, heldBefore: earlier ?? 'none', heldNow: holder }, 'several'))
  }
  return rows
}

function differences(before: PlainContact, after: PlainContact): Row[] {
  return READABLE_FIELDS.flatMap((field) =>
    sameJson(before[field], after[field]) ? [] : differenceRows(field, before[field], after[field]),
  )
}

/** The rows of a field that differs: one, or one for each custom field. */
function differenceRows(field: string, before: unknown, after: unknown): Row[] {
  if (field !== 'customFields') return [changeRow(field, before, after)]
  const [old, now] = [new Map(entriesOf(before)), new Map(entriesOf(after))]
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    sameJson(old.get(key), now.get(key))
      ? []
      : [changeRow(`customFields.${key}`, old.get(key), now.get(key))],
  )
}

/** One field before and after; `null` where there is nothing. */
export function changeRow(field: string, before: unknown, after: unknown): Row {
  return row({ field, before: before ?? null, after: after ?? null }, 'change')
}

function entriesOf(fields: unknown): [string, unknown][] {
  return typeof fields === 'object' && fields !== null ? Object.entries(fields) : []
}
