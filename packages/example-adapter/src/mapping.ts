import {
  type Contact,
  ContactsError,
  type ContactWrite,
  isPlainObject,
  type JsonObject,
} from '@anycontact/core'
import * as v from 'valibot'

/** A contact as the CRM sends it: what the mapping reads, null where the CRM may send it, the rest as it comes. */
export const PersonSchema = v.looseObject({
  id: v.string(),
  full_name: v.nullish(v.string()),
  email: v.nullish(v.string()),
  attributes: v.nullish(v.custom<JsonObject>(isPlainObject)),
  created_at: v.pipe(v.string(), v.isoTimestamp()),
})

/** A contact as the CRM sends it. */
export type Person = v.InferOutput<typeof PersonSchema>

/** Checks an answer or a part of it. @throws ContactsError `bad_response` when it is not what the CRM promises */
export function read<T>(schema: v.GenericSchema<unknown, T>, answer: unknown): T {
  const { success, output, issues } = v.safeParse(schema, answer)
  if (success) return output
  throw new ContactsError({
    code: 'bad_response',
    message: 'The CRM sent something that cannot be understood.',
    issues: issues.map((issue) => ({ path: v.getDotPath(issue) ?? '', message: `is not ${issue.type}` })),
  })
}

/** One record in the normalized model. A field without a value is absent, not null. */
export function toContact(record: unknown): Contact<Person> {
  const person = read(PersonSchema, record)
  return {
    provider: 'example-crm',
    id: person.id,
    ...(person.full_name != null && { name: person.full_name }),
    ...(person.email != null && { email: person.email }),
    contactMethods: person.email == null ? [] : [{ type: 'email', value: person.email, primary: true }],
    customFields: person.attributes ?? {},
    createdAt: new Date(person.created_at).toISOString(),
    raw: person,
  }
}

/** The body of a create or an update: absent leaves, null clears. */
export function toBody({ name, email, customFields }: ContactWrite): Record<string, unknown> {
  return { full_name: name, email, attributes: customFields }
}
