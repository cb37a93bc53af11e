import type { Contact } from '../../model/contact.ts'
import type { ContactMethod } from '../../model/contact-method.ts'
import type { ContactWrite } from '../../model/input.ts'

/** The record of an invented vendor. */
export interface FakeRecord {
  readonly key: string
  readonly revision: number
}

/** The vendor-only fields of a write to it. */
export interface FakeVendorFields {
  readonly pipeline?: string
}

export type FakeContact = Contact<FakeRecord>

/** A contact of the invented vendor. */
export function fakeContact(id: string, write: ContactWrite = {}): FakeContact {
  const blank: FakeContact = {
    provider: 'fake',
    id,
    contactMethods: [],
    tags: [],
    customFields: {},
    createdAt: '2026-01-01T00:00:00.000Z',
    raw: { key: id, revision: 0 },
  }
  return applyWrite(blank, write)
}

/** What a write makes of a contact: `null` clears, arrays replace, custom fields merge by key. */
export function applyWrite(contact: FakeContact, write: ContactWrite): FakeContact {
  const { contactMethods, customFields, tags, email, phone, id: _id, ...texts } = write
  const next: Record<string, unknown> = {
    ...contact,
    raw: { ...contact.raw, revision: contact.raw.revision + 1 },
  }
  for (const [field, value] of Object.entries(texts)) {
    if (value === null) delete next[field]
    else next[field] = value
  }
  if (tags !== undefined) next.tags = tags ?? []
  if (customFields !== undefined) next.customFields = mergeFields(contact.customFields, customFields)
  let methods = contact.contactMethods
  if (contactMethods !== undefined) methods = (contactMethods ?? []).map(toMethod)
  if (email !== undefined) methods = withPrimary(methods, 'email', email)
  if (phone !== undefined) methods = withPrimary(methods, 'phone', phone)
  next.contactMethods = methods
  for (const type of ['email', 'phone'] as const) {
    const value = methods.find((method) => method.type === type && method.primary)?.value
    if (value === undefined) delete next[type]
    else next[type] = value
  }
  return next as unknown as FakeContact // put together member by member
}

function mergeFields(
  present: Contact['customFields'],
  change: NonNullable<ContactWrite['customFields']> | null,
): Contact['customFields'] {
  const merged = { ...(change === null ? {} : present), ...change }
  for (const [key, value] of Object.entries(merged)) if (value === null) delete merged[key]
  return merged
}

function toMethod(input: NonNullable<ContactWrite['contactMethods']>[number]): ContactMethod {
  return { type: input.type, value: input.value, primary: input.primary ?? false }
}

function withPrimary(
  methods: readonly ContactMethod[],
  type: 'email' | 'phone',
  value: string | null,
): ContactMethod[] {
  const others = methods.filter(
    (method) => !(method.type === type && (method.primary || method.value === value)),
  )
  return value === null ? others : [...others, { type, value, primary: true }]
}
