import type { Contact } from '@anycontact/core'
import { CONTACT_FIELDS } from '@anycontact/core/adapter-kit'
import { type Budget, HEAD_ROOM } from './budget.ts'
import { toJsonText } from './safe-text.ts'
import { LIST_LIMITS, type Limits, ONE_LIMITS, show } from './shown.ts'

/** What of a contact can be shown: all but the vendor's own record, which has no bounds. */
export const READABLE_FIELDS = CONTACT_FIELDS.filter(isReadable)

/** One of {@link READABLE_FIELDS}. */
export type ReadableField = Exclude<keyof Contact, 'raw' | 'provider'>

function isReadable(field: keyof Contact): field is ReadableField {
  return field !== 'raw' && field !== 'provider'
}

/** What is shown of each of several contacts, unless other fields are asked for. */
export const LIST_FIELDS: readonly ReadableField[] = ['id', 'externalId', 'name', 'email', 'phone']

/** One thing that an answer shows: an object whose texts are safe. */
export type Row = Readonly<Record<string, unknown>>

/** How many characters one contact of several may take. */
const LIST_ROOM = 4000

/** How many characters a contact may take that was asked for alone. */
const ONE_ROOM = 12_000

/** Makes the row of one of several contacts. */
export function contactRow(contact: Contact, fields: readonly ReadableField[] = LIST_FIELDS): Row {
  return fittingRow(chosen(contact, fields), LIST_LIMITS, LIST_ROOM)
}

/** Makes the row of a contact that an answer has alone. */
export function wholeRow(
  contact: Contact,
  { maxAnswerLength }: Budget,
  fields: readonly ReadableField[] = READABLE_FIELDS,
): Row {
  return fittingRow(chosen(contact, fields), ONE_LIMITS, Math.min(ONE_ROOM, maxAnswerLength - HEAD_ROOM))
}

/** Makes a row of other values: of several things that are told, or of a change, which is shown as far as can be. */
export function row(values: Row, kind: 'several' | 'change'): Row {
  return fittingRow(values, kind === 'several' ? LIST_LIMITS : ONE_LIMITS, LIST_ROOM)
}

function chosen(contact: Contact, fields: readonly ReadableField[]): Row {
  // Who names a contact afterwards needs its id, and that it is gone is never left out.
  const wanted = READABLE_FIELDS.filter(
    (field) => field === 'id' || field === 'deleted' || fields.includes(field),
  )
  return Object.fromEntries(
    wanted.flatMap((field) => (contact[field] === undefined ? [] : [[field, contact[field]]])),
  )
}

/** Shows as much of each value as makes the row fit. What was left out of is named under `cut`. */
function fittingRow(values: Row, levels: readonly Limits[], room: number): Row {
  let made: Row = {}
  for (const limits of levels) {
    made = rowWithin(values, limits)
    if (toJsonText(made).length <= room) break
  }
  return made
}

function rowWithin(values: Row, limits: Limits): Row {
  const cut: string[] = []
  const entries = Object.entries(values).map(([field, value]) => {
    const shown = show(value, limits)
    if (shown.isCut) cut.push(field)
    return [field, shown.value]
  })
  return { ...Object.fromEntries(entries), ...(cut.length > 0 && { cut }) }
}
