import type { ContactMethodType } from '@anycontact/core'
import type { ContactMethodWrite, ContactWrite } from '@anycontact/core/adapter-kit'
import { badInput } from '../api/errors.ts'
import type { ContactMethodCreate, ContactMethodUpdate } from '../api/types.ts'
import type { ContactMethodRecord } from '../api/wire.ts'
import {
  applyWrite,
  blank,
  byAge,
  changedFields,
  type Draft,
  type Dropping,
  draftOf,
  newFields,
  toContact,
  toType,
} from '../mapping.ts'

/** One change of one contact method. */
export type Step = CreateStep | UpdateStep | DeleteStep

/** A method to make. */
interface CreateStep {
  readonly kind: 'create'
  readonly fields: Omit<ContactMethodCreate, 'clientId'>
}

/** A method to change. */
export interface UpdateStep {
  readonly kind: 'update'
  readonly record: ContactMethodRecord
  /** What differs. */
  readonly fields: ContactMethodUpdate
  /** Everything, as it is to be. */
  readonly whole: ContactMethodUpdate
  /** The metadata keys that must be gone afterwards. */
  readonly removed: readonly string[]
}

/** A method to delete. */
interface DeleteStep {
  readonly kind: 'delete'
  readonly record: ContactMethodRecord
}

/** The part of a write that is about contact methods. */
export type MethodsWrite = Pick<ContactWrite, 'email' | 'phone' | 'contactMethods'>

/**
 * Works out the fewest changes that bring a client's methods to what a write says. `contactMethods` replaces: an entry names
 * its method by `id`, or else by type and value, and what it does not say of the method stays; methods that no entry names
 * go. `email` and `phone` are the values of the primaries afterwards: another method with that value becomes the primary, else
 * the primary's value changes, else one is made; `null` removes it.
 *
 * @param present - all the client's methods
 * @param write - checked
 * @param context - hears of what cannot be stored: verification is the vendor's to do
 * @throws ContactsError `invalid_input` for an id that none of the methods has
 */
export function planMethods(
  present: readonly ContactMethodRecord[],
  write: MethodsWrite,
  context: Dropping,
): Step[] {
  const { sorted, hidden } = asSeen(present)
  let drafts = sorted.map(draftOf)
  if (write.contactMethods !== undefined) {
    drafts = replaceMethods(sorted, write.contactMethods ?? [], context)
  }
  if (write.email !== undefined) drafts = setPrimaryValue(drafts, 'email', write.email)
  if (write.phone !== undefined) drafts = setPrimaryValue(drafts, 'phone', write.phone)
  return toSteps(sorted, drafts, hidden)
}

/**
 * The change of one method.
 *
 * @param record - as it is; needed where custom fields are merged and verification is compared
 * @returns `undefined` when nothing differs
 */
export function changeOf(
  record: ContactMethodRecord,
  change: Partial<ContactMethodWrite>,
  context: Dropping,
): UpdateStep | undefined {
  const draft = draftOf(record)
  applyWrite(draft, change, context)
  const [step] = toSteps([record], [draft], new Set())
  return step?.kind === 'update' ? step : undefined
}

/**
 * The body of a new method.
 *
 * @throws ContactsError `invalid_input` for one with an id, which is the vendor's to give
 */
export function newMethod(
  write: ContactMethodWrite,
  context: Dropping,
): Omit<ContactMethodCreate, 'clientId'> {
  if (write.id !== undefined) {
    throw badInput([
      { path: 'id', message: 'is given by the provider: leave it out of a new contact method' },
    ])
  }
  const draft = blank(write.type, write.value)
  applyWrite(draft, write, context)
  return newFields(draft)
}

/** A client's records as the contact shows them. */
interface Seen {
  /** Oldest first, of which as many are primary as in the contact: one a type, also where types are not known. */
  readonly sorted: readonly ContactMethodRecord[]
  /** The ids of those that are stored as primary beside the one that the contact shows. */
  readonly hidden: ReadonlySet<string>
}

function asSeen(present: readonly ContactMethodRecord[]): Seen {
  const { contactMethods } = toContact('', present)
  const primaries = new Set(contactMethods.filter(({ primary }) => primary).map(({ id }) => id))
  const hidden = new Set<string>()
  const sorted = [...present].sort(byAge).map((record) => {
    if (record.isPrimary !== true || primaries.has(record.id)) return record
    hidden.add(record.id)
    return { ...record, isPrimary: false }
  })
  return { sorted, hidden }
}

function replaceMethods(
  present: readonly ContactMethodRecord[],
  wanted: readonly ContactMethodWrite[],
  context: Dropping,
): Draft[] {
  const left = new Set(present)
  const take = (matches: (record: ContactMethodRecord) => boolean): ContactMethodRecord | undefined => {
    const found = [...left].find(matches)
    if (found) left.delete(found)
    return found
  }
  // Entries with an id first, so that no other entry takes their method by its value.
  const named = wanted.map(({ id }, index) => {
    if (id === undefined) return undefined
    const record = take((candidate) => candidate.id === id)
    if (record) return record
    const message = 'names no contact method of this contact'
    throw badInput([{ path: `contactMethods.${index}.id`, message }])
  })
  return wanted.map((entry, index) => {
    const record =
      named[index] ?? take(({ type, value }) => toType(type) === entry.type && value === entry.value)
    const draft = record ? draftOf(record) : blank(entry.type, entry.value)
    applyWrite(draft, { ...entry, primary: entry.primary ?? false }, context, `contactMethods.${index}.`)
    return draft
  })
}

function setPrimaryValue(drafts: readonly Draft[], type: 'email' | 'phone', value: string | null): Draft[] {
  const primary = drafts.find((draft) => draft.type === type && draft.isPrimary)
  if (value === null) return drafts.filter((draft) => draft !== primary)
  if (primary?.value === value) return [...drafts]
  const holder = drafts.find((draft) => draft.type === type && draft.value === value)
  if (holder) {
    if (primary) primary.isPrimary = false
    holder.isPrimary = true
  } else if (primary) primary.value = value
  else return [...drafts, { ...blank(type, value), isPrimary: true }]
  return [...drafts]
}

function toSteps(
  present: readonly ContactMethodRecord[],
  drafts: readonly Draft[],
  hidden: Seen['hidden'],
): Step[] {
  const kept = new Set(drafts.map(({ record }) => record))
  const deletes = present.filter((record) => !kept.has(record))
  const updates: Step[] = []
  const creates: Step[] = []
  for (const draft of drafts) {
    const { record, removed } = draft
    const whole = newFields(draft)
    if (!record) {
      creates.push({ kind: 'create', fields: whole })
      continue
    }
    const fields = updateFields(draft, record, drafts, hidden)
    if (Object.keys(fields).length === 0) continue
    updates.push({ kind: 'update', record, fields, whole: { ...whole, ...fields }, removed })
  }
  return [...deletes.map((record): Step => ({ kind: 'delete', record })), ...updates, ...creates]
}

function updateFields(
  draft: Draft,
  record: ContactMethodRecord,
  drafts: readonly Draft[],
  hidden: Seen['hidden'],
): ContactMethodUpdate {
  const before = draftOf(record)
  const other = changedFields(draft, before)
  // One that is stored as primary comes to light when the one shown in its place is primary no more, or it is the newer.
  const comesToLight =
    hidden.has(record.id) && (Object.keys(other).length > 0 || !keepsPrimary(drafts, toType(record.type)))
  // The server clears the flag by itself when another method of the type becomes primary.
  const isImplied = draft.type === before.type && drafts.some((one) => isPromoted(one, draft.type, hidden))
  if (draft.isPrimary) return before.isPrimary ? other : { ...other, isPrimary: true }
  return (before.isPrimary || comesToLight) && !isImplied ? { ...other, isPrimary: false } : other
}

/** Whether a method becomes the primary of a type in the server's eyes, which has hidden ones for primary already. */
function isPromoted(
  { type, isPrimary, record }: Draft,
  promotedType: string,
  hidden: Seen['hidden'],
): boolean {
  if (type !== promotedType || !isPrimary) return false
  return !(record && (record.isPrimary === true || hidden.has(record.id)) && record.type === type)
}

/** Whether the method that a contact shows as the primary of a type stays so. */
function keepsPrimary(drafts: readonly Draft[], type: ContactMethodType): boolean {
  return drafts.some(
    ({ record, isPrimary, type: after }) =>
      isPrimary && record?.isPrimary === true && toType(record.type) === type && toType(after) === type,
  )
}
