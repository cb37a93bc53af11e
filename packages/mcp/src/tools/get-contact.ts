import { ContactsError, type RefKey } from '@anycontact/core'
import * as v from 'valibot'
import { READABLE_FIELDS, wholeRow } from '../answer/contact-row.ts'
import { type Lookup, lookupOf } from '../lookup.ts'
import { READS, type Tool, tool, type Workshop } from './tool.ts'

/** How tools name one contact. */
export function contactEntries(keys: readonly RefKey[]): {
  by: v.GenericSchema<unknown, RefKey>
  value: v.GenericSchema<unknown, string>
} {
  return {
    by: v.pipe(v.picklist(keys), v.description('Which key names the contact.')),
    value: v.pipe(v.string(), v.minLength(1), v.description('The whole key.')),
  }
}

/** What a description says of the keys. */
export function keysSentence(provider: string, { scanned }: Lookup): string {
  return scanned.length === 0
    ? ''
    : ` ${provider} has no lookup by ${scanned.join(', ')}: the whole listing is read for it.`
}

/** Makes `get_contact`, where the client can look contacts up. */
export function getTool({ contacts, settings }: Workshop): Tool | undefined {
  const lookup = lookupOf(contacts, settings.scan)
  if (!lookup) return undefined
  return tool({
    name: 'get_contact',
    title: 'Get a contact',
    description: `Reads one contact of ${contacts.provider}, with all its fields.${keysSentence(contacts.provider, lookup)}`,
    input: v.strictObject({
      ...contactEntries(lookup.keys),
      fields: v.optional(
        v.pipe(
          v.array(v.picklist(READABLE_FIELDS)),
          v.description('Which fields are shown, beside id. Default: all that have a value.'),
        ),
      ),
    }),
    annotations: READS,
    async run({ by, value, fields }, { signal }) {
      const contact = await lookup.find(by, value, signal)
      if (!contact) throw notThere(by)
      return { head: {}, rows: [wholeRow(contact, settings, fields)] }
    },
  })
}

/** The error for a contact that is not there. */
export function notThere(by: RefKey): ContactsError {
  return new ContactsError({ code: 'not_found', message: `No contact has this ${by}.` })
}
