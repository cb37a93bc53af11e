import type {
  ContactMethodType,
  ContactMethodWrite,
  ContactWrite,
  JsonObject,
  JsonValue,
} from '@anycontact/core'
import type { ContactMethodCreate, ContactMethodUpdate } from './api/types.ts'
import type { ContactMethodRecord } from './api/wire.ts'
import { badInput } from './errors.ts'
import { byAge, toContact, toCustomFields, toType } from './mapping.ts'

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

/** Says that part of a write cannot be stored; as `dropField` of an adapter's context. */
export type DropField = (path: string, reason: string) => void

/** A method as it is to be, with the record that it was. */
interface Draft {
  readonly record: ContactMethodRecord | undefined
  type: string
  value: string
  isPrimary: boolean
  label: string | undefined
  externalId: string | undefined
  metadata: JsonObject
  /** Metadata keys that are to go. */
  removed: readonly string[]
}

/**
 * Works out the fewest changes that bring a client's methods to what a write says. `contactMethods` replaces: an entry names
 * its method by `id`, or else by type and value, and what it does not say of the method stays; methods that no entry names
 * go. `email` and `phone` are the values of the primaries afterwards: another method with that value becomes the primary, else
 * the primary's value changes, else one is made; `null` removes it.
 *
 * @param present - all the client's methods
 * @param write - checked
 * @param dropField - told of what cannot be written: verification is the vendor's to do
 * @throws ContactsError `invalid_input` for an id that none of the methods has
 */
export function planMethods(
  present: readonly ContactMethodRecord[],
  write: MethodsWrite,
  dropField: DropField,
): Step[] {
  const { sorted, hidden } = asSeen(present)
  let drafts = sorted.map(draftOf)
  if (write.contactMethods !== undefined) {
    drafts = replaceMethods(sorted, write.contactMethods ?? [], dropField)
  }
  if (write.email !== undefined) drafts = setPrimaryValue(drafts, 'email', write.email)
  if (write.phone !== undefined) drafts = setPrimaryValue(drafts, 'phone', write.phone)
  return toSteps(sorted, drafts, hidden)
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

/**
 * The body of a change of one method.
 *
 * @param record - as it is; needed where custom fields are merged and verification is compared
 */
export function changeOf(
  record: ContactMethodRecord,
  change: Partial<ContactMethodWrite>,
  dropField: DropField,
): UpdateStep | undefined {
  const draft = draftOf(record)
  applyWrite(draft, change, (member, reason) => dropField(member, reason))
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
  dropField: DropField,
): Omit<ContactMethodCreate, 'clientId'> {
  if (write.id !== undefined) {
    throw badInput([
      { path: 'id', message: 'is given by the provider: leave it out of a new contact method' },
    ])
  }
  const draft = blank(write.type, write.value)
  applyWrite(draft, write, dropField)
  return createFields(draft)
}

function replaceMethods(
  present: readonly ContactMethodRecord[],
  wanted: readonly ContactMethodWrite[],
  dropField: DropField,
): Draft[] {
  const left = new Set(present)
  const take = (matches: (record: ContactMethodRecord) => boolean): ContactMethodRecord | undefined => {
    const found = [...left].find(matches)
    if (found) left.delete(found)
    return found
  }
  // Entries with an id first, so that no other entry takes their method by its value.
  const named = wanted.map((entry, index) => {
    const { id } = entry
    if (id === undefined) return undefined
    const path = `contactMethods.${index}.id`
    const record = take((candidate) => candidate.id === id)
    if (!record) throw badInput([{ path, message: 'names no contact method of this contact' }])
    return record
  })
  return wanted.map((entry, index) => {
    const record =
      named[index] ?? take(({ type, value }) => toType(type) === entry.type && value === entry.value)
    const draft = record ? draftOf(record) : blank(entry.type, entry.value)
    applyWrite(draft, { ...entry, primary: entry.primary ?? false }, (member, reason) =>
      dropField(`contactMethods.${index}.${member}`, reason),
    )
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

function applyWrite(draft: Draft, write: Partial<ContactMethodWrite>, dropField: DropField): void {
  const { type, value, primary, label, externalId, customFields } = write
  checkVerification(draft, write, dropField)
  if (type !== undefined && toType(draft.type) !== type) draft.type = type
  if (value !== undefined) draft.value = value
  if (primary !== undefined) draft.isPrimary = primary
  if (label !== undefined) draft.label = label ?? undefined
  if (externalId !== undefined) draft.externalId = externalId ?? undefined
  if (customFields === undefined) return
  const stored = draft.record ? toCustomFields(draft.record) : {}
  const removed =
    customFields === null
      ? Object.keys(stored)
      : Object.keys(stored).filter((key) => Object.hasOwn(customFields, key) && customFields[key] === null)
  const given = Object.entries(customFields ?? {}).filter(([, member]) => member !== null)
  const kept = Object.entries(draft.metadata).filter(([key]) => !removed.includes(key))
  draft.metadata = Object.fromEntries([...kept, ...given])
  draft.removed = removed
}

function checkVerification(draft: Draft, write: Partial<ContactMethodWrite>, dropField: DropField): void {
  const { record } = draft
  const isSameValue = record !== undefined && (write.value ?? record.value) === record.value
  const reason = 'whether a contact method is verified is for the provider to say'
  const verified = isSameValue && record.isVerified === true
  if (write.verified !== undefined && write.verified !== verified) dropField('verified', reason)
  const verifiedAt = (isSameValue ? record.verifiedAt : undefined) ?? null
  if (write.verifiedAt === undefined) return
  if (timeOf(write.verifiedAt) !== timeOf(verifiedAt)) dropField('verifiedAt', reason)
}

function toSteps(
  present: readonly ContactMethodRecord[],
  drafts: readonly Draft[],
  hidden: Seen['hidden'],
): Step[] {
  const kept = new Set(drafts.map(({ record }) => record))
  const deletes = present
    .filter((record) => !kept.has(record))
    .map((record): Step => ({ kind: 'delete', record }))
  const updates: Step[] = []
  const creates: Step[] = []
  for (const draft of drafts) {
    if (!draft.record) creates.push({ kind: 'create', fields: createFields(draft) })
    else {
      const fields = updateFields(draft, draft.record, drafts, hidden)
      if (Object.keys(fields).length === 0) continue
      const { record, removed } = draft
      updates.push({ kind: 'update', record, fields, whole: { ...wholeFields(draft), ...fields }, removed })
    }
  }
  return [...deletes, ...updates, ...creates]
}

function updateFields(
  draft: Draft,
  record: ContactMethodRecord,
  drafts: readonly Draft[],
  hidden: Seen['hidden'],
): ContactMethodUpdate {
  const before = draftOf(record)
  const other = otherFields(draft, before)
  // One that is stored as primary comes to light when the one shown in its place is primary no more, or it is the newer.
  const comesToLight =
    hidden.has(record.id) && (Object.keys(other).length > 0 || !keepsPrimary(drafts, toType(record.type)))
  // The server clears the flag by itself when another method of the type becomes primary.
  const isImplied = draft.type === before.type && drafts.some((one) => isPromoted(one, draft.type, hidden))
  if (draft.isPrimary) return before.isPrimary ? other : { ...other, isPrimary: true }
  return (before.isPrimary || comesToLight) && !isImplied ? { ...other, isPrimary: false } : other
}

/** What differs, leaving aside whether it is the primary. */
function otherFields(draft: Draft, before: Draft): ContactMethodUpdate {
  return {
    ...(draft.type !== before.type && { type: toType(draft.type) }),
    ...(draft.value !== before.value && { value: draft.value }),
    // Text is what the published type takes; empty text reads as none.
    ...(draft.label !== before.label && { label: draft.label ?? '' }),
    ...(draft.externalId !== before.externalId && { externalId: draft.externalId ?? null }),
    ...(!sameJson(draft.metadata, before.metadata) && { metadata: draft.metadata }),
  }
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

function createFields(draft: Draft): Omit<ContactMethodCreate, 'clientId'> {
  const { type, value, isPrimary, label, externalId, metadata } = draft
  return {
    type: toType(type),
    value,
    isPrimary,
    ...(label !== undefined && { label }),
    ...(externalId !== undefined && { externalId }),
    ...(Object.keys(metadata).length > 0 && { metadata }),
  }
}

function wholeFields(draft: Draft): ContactMethodUpdate {
  const { label, externalId, metadata, ...rest } = createFields(draft)
  return {
    ...rest,
    // A type that we do not know stays what it is.
    type: draft.type as ContactMethodCreate['type'],
    ...(label !== undefined && { label }),
    ...(externalId !== undefined && { externalId }),
    ...(metadata !== undefined && { metadata }),
  }
}

function draftOf(record: ContactMethodRecord): Draft {
  return {
    record,
    type: record.type,
    value: record.value,
    isPrimary: record.isPrimary === true,
    label: record.label || undefined,
    externalId: record.externalId || undefined,
    metadata: (record.metadata ?? {}) as JsonObject, // parsed from JSON
    removed: [],
  }
}

function blank(type: string, value: string): Draft {
  return {
    record: undefined,
    type,
    value,
    isPrimary: false,
    label: undefined,
    externalId: undefined,
    metadata: {},
    removed: [],
  }
}

function timeOf(time: string | null): number | null {
  return time === null ? null : Date.parse(time)
}

function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a === undefined || b === undefined || Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson(Reflect.get(a, key), Reflect.get(b, key)))
  )
}
