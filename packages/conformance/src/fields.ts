import type { Contact, ContactInput, ContactMethodInput, WritableField } from '@anycontact/core'
import { assert, assertSame, fail, isSame, print } from './assert.ts'
import type { ConformanceNormalizers } from './options.ts'
import type { Session } from './session.ts'

/** The fields that change with a field: writing one of a set may rightly change the others. */
const TOGETHER: readonly (readonly string[])[] = [
  ['email', 'phone', 'contactMethods'],
  ['name', 'givenName', 'familyName'],
]

/** The fields that a write leaves alone, unless it is about them. */
const LASTING = [
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'contactMethods',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'customFields',
  'createdAt',
] as const

/** Checks that a contact has what was written to some of its fields; `null` and `undefined` are not looked at. */
export function assertWritten(session: Session, contact: Contact, written: ContactInput, what: string): void {
  for (const field of Object.keys(written) as (keyof ContactInput)[]) {
    if (written[field] != null) assertField(session, contact, field, written, what)
  }
}

/** Checks that fields which were not written are as they were. */
export function assertUntouched(
  before: Contact,
  after: Contact,
  written: readonly string[],
  what: string,
): void {
  const touched = new Set(written.flatMap((field) => TOGETHER.find((set) => set.includes(field)) ?? [field]))
  assertSame(after.id, before.id, `${what}: id`)
  for (const field of LASTING) {
    if (!touched.has(field))
      assertSame(after[field], before[field], `${what} changed ${field}, which was not written`)
  }
}

/** Whether a contact has no value in a field. */
export function isCleared(contact: Contact, field: WritableField): boolean {
  switch (field) {
    case 'contactMethods':
      return contact.contactMethods.length === 0
    case 'tags':
      return contact.tags?.length === 0
    case 'customFields':
      return Object.keys(contact.customFields).length === 0
    default:
      return contact[field] === undefined
  }
}

function assertField(
  session: Session,
  contact: Contact,
  field: WritableField,
  written: ContactInput,
  what: string,
): void {
  const { normalize = {} } = session.options
  const label = `${what}: ${field}`
  switch (field) {
    case 'contactMethods': {
      const expected = normalize.contactMethods?.(written.contactMethods ?? [])
      if (expected) assertSame(contact.contactMethods, expected, label)
      else assertMethods(contact, written.contactMethods ?? [], normalize, label)
      return
    }
    case 'tags': {
      const expected = normalize.tags?.(written.tags ?? []) ?? written.tags ?? []
      assertSame([...(contact.tags ?? [])].sort(), [...expected].sort(), label)
      return
    }
    case 'verifiedAt': {
      const expected = normalize.verifiedAt?.(written.verifiedAt ?? '') ?? written.verifiedAt ?? ''
      assertSame(Date.parse(contact.verifiedAt ?? ''), Date.parse(expected), label)
      return
    }
    case 'customFields': {
      const given = written.customFields ?? {}
      for (const [key, value] of Object.entries(normalize.customFields?.(given) ?? given)) {
        assertSame(contact.customFields[key], value, `${label}.${key}`)
      }
      return
    }
    default: {
      const given = written[field] ?? ''
      assertSame(contact[field], normalize[field]?.(given) ?? given, label)
    }
  }
}

/** Every method that was written is there, with what was said of it, and no other. */
function assertMethods(
  contact: Contact,
  written: readonly ContactMethodInput[],
  normalize: ConformanceNormalizers,
  what: string,
): void {
  assertSame(contact.contactMethods.length, written.length, `${what}: how many there are`)
  for (const { id: _id, primary = false, value, type, ...rest } of written) {
    const normal = type === 'email' || type === 'phone' ? (normalize[type]?.(value) ?? value) : value
    const stored = contact.contactMethods.find((method) => method.type === type && method.value === normal)
    if (!stored) fail(`${what}: there is no ${type} ${print(normal)} in ${print(contact.contactMethods)}`)
    assertSame(stored.primary, primary, `${what}: primary of ${print(normal)}`)
    for (const [key, given] of Object.entries(rest)) {
      if (given === undefined) continue
      const present: unknown = Reflect.get(stored, key)
      assert(
        isSame(present, given ?? undefined),
        `${what}: ${key} of ${print(normal)} is ${print(present)}, not ${print(given)}`,
      )
    }
  }
}
