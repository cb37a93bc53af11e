import {
  type ContactMethodType,
  ContactsError,
  type ContactsWith,
  type CreateCapability,
  type CustomFieldType,
  type WritableField,
} from '@anycontact/core'
import { CONTACT_METHOD_TYPES, ContactInputSchema, type ContactWrite } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { anyObject } from './arguments.ts'

type Entry = v.GenericSchema<unknown, unknown>

/** What a tool takes of a contact's fields: those that the provider stores. */
export function writeEntry(
  { capabilities }: ContactsWith<'list'>,
  { fields, slots = CONTACT_METHOD_TYPES }: Pick<CreateCapability, 'fields' | 'slots'>,
  kind: 'create' | 'update',
): v.GenericSchema<unknown, Readonly<Record<string, unknown>>> {
  const entries = fields.map((field): [string, Entry] => {
    const entry = entryOf(field, slots, capabilities.customFields)
    return [field, v.optional(kind === 'update' && field !== 'id' ? v.nullable(entry) : entry)]
  })
  return v.pipe(v.strictObject(Object.fromEntries(entries)), v.description(DESCRIPTIONS[kind]))
}

const DESCRIPTIONS = {
  create: 'The fields of the new contact.',
  update:
    'The fields that change. null clears a field; lists are replaced as a whole; custom fields are merged by key, and null removes a key.',
} as const

/** Checks a write as the client does, so that a preview shows what would be sent. @throws ContactsError `invalid_input` */
export function checkedWrite(given: Readonly<Record<string, unknown>>): ContactWrite {
  const parsed = v.safeParse(ContactInputSchema, given)
  if (parsed.success && Object.keys(parsed.output).length > 0) return parsed.output
  const issues = parsed.success
    ? [{ path: '', message: 'has no field: write one at least' }]
    : parsed.issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: issue.message }))
  const list = issues.map(({ path, message }) => `${path === '' ? 'it' : path} ${message}`)
  throw new ContactsError({
    code: 'invalid_input',
    message: `This cannot be written: ${list.join('; ')}.`,
    issues,
  })
}

function entryOf(
  field: WritableField,
  slots: readonly ContactMethodType[],
  customFields: Readonly<Record<string, CustomFieldType>> | undefined,
): Entry {
  switch (field) {
    case 'tags':
      return v.array(v.string())
    case 'contactMethods':
      return v.array(methodEntry(slots))
    case 'customFields':
      return customFields ? declaredEntry(customFields) : anyObject()
    case 'verifiedAt':
      return v.pipe(v.string(), v.description('ISO 8601 with a zone.'))
    default:
      return v.string()
  }
}

function methodEntry(slots: readonly ContactMethodType[]): Entry {
  return v.strictObject({
    type: v.picklist(slots),
    value: v.string(),
    id: v.optional(v.string()),
    label: v.optional(v.string()),
    primary: v.optional(v.boolean()),
  })
}

function declaredEntry(fields: Readonly<Record<string, CustomFieldType>>): Entry {
  const types = { text: v.string(), date: v.string(), number: v.number(), boolean: v.boolean() }
  const entries = Object.entries(fields).map(([name, type]): [string, Entry] => [
    name,
    v.optional(v.nullable(types[type])),
  ])
  return v.strictObject(Object.fromEntries(entries))
}
