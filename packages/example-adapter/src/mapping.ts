import type { Condition, Contact, ContactMethodType, RefKey, WritableField } from '@anycontact/core'
import * as kit from '@anycontact/core/adapter-kit'
import { badRecord, PROVIDER } from './api/errors.ts'
import { type ExampleCrmRecord, read } from './api/wire.ts'
import type { ExampleCrmAccount } from './options.ts'

const PROPERTIES: Readonly<Record<string, string>> = { name: 'full_name', email: 'email', tags: 'labels' }

/** Translates between people and contacts. */
export type Mapping = ReturnType<typeof createMapping>

/** Makes the mapping of an account. */
export function createMapping({ uniqueAttribute = '', customFields: declared }: ExampleCrmAccount) {
  const readFields = kit.customFieldsReader(declared)
  const writeFields = kit.customFieldsWriter(declared)
  return {
    /** @param path - where the record stands in the answer */
    toContact(record: unknown, path?: string): Contact<ExampleCrmRecord> {
      const person = read.person(record, path)
      const { id, full_name: name, email, phone, mobile, fax, attributes } = person
      return kit.buildContact({
        provider: PROVIDER,
        externalId: kit.readText(attributes, uniqueAttribute),
        ...{ id, name, email, phone, mobile, fax },
        tags: person.labels ?? [],
        customFields: readFields(attributes),
        createdAt: kit.isoTime(person.created_at, 'created_at', badRecord, path),
        deleted: person.archived,
        raw: person,
      })
    },
    /** The body of a write: absent leaves, null clears. @param id - in a batch, whom to change */
    toPerson(write: kit.ContactWrite, context: kit.AdapterContext, id?: string): object {
      const { externalId, name, email, phone, contactMethods, tags, customFields } = write
      for (const [index, { label }] of (contactMethods ?? []).entries()) {
        if (label) context.dropField(`contactMethods.${index}.label`, 'the CRM keeps the value alone')
      }
      // A list replaces what is there: a slot that it leaves out is cleared.
      const slot = (type: ContactMethodType) =>
        contactMethods && (contactMethods.find((method) => method.type === type)?.value ?? null)
      const attributes = { ...writeFields(customFields, context), [uniqueAttribute]: externalId }
      const [mobile, fax] = [slot('mobile'), slot('fax')]
      return { id, full_name: name, email, phone, mobile, fax, labels: tags, attributes }
    },
    /** A condition in the CRM's words; none for one that it has no words for. */
    toFilters({ field, operator, value }: Condition): readonly object[] {
      const name = field.replace(/^customFields\./, '')
      // Values of other types are text at the CRM too, and a number has more than one spelling.
      const isCustomText = name !== field && declared[name] === 'text'
      const property = isCustomText ? `attributes.${name}` : PROPERTIES[field]
      return property === undefined || operator !== 'eq' ? [] : [{ property, value }]
    },
    /** What the CRM calls a key. */
    propertyOf: (key: RefKey): string => (key === 'externalId' ? `attributes.${uniqueAttribute}` : key),
  }
}

/** The CRM stores addresses in lower case, and numbers without blanks and signs. */
export function canonical(field: WritableField, value: string): string {
  if (field === 'email') return value.toLowerCase()
  return field === 'phone' ? value.replace(/[\s().-]/g, '') : value
}
