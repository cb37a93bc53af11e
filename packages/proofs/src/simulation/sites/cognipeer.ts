import {
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  type CognipeerContact,
  type Emulator,
} from '@anycontact/emulator'
import { customFields, customOf, type Site, tagsOf, type Values, valuesOf } from './site.ts'

/** Cognipeer, where contacts are soft-deleted, and only by others: its API has no delete. */
export function cognipeerSite({ cognipeer }: Emulator): Site {
  const stored = (id: string): CognipeerContact | undefined =>
    cognipeer.contacts.find(({ _id }) => _id === id)
  return {
    provider: 'cognipeer',
    name: 'cognipeer',
    fetch: cognipeer.fetch,
    isWrite: (method, path) =>
      method === 'PATCH' || (method === 'POST' && !path.split('?')[0]?.endsWith('/list')),
    isCountedListing: (_, path, bodyText) =>
      path.endsWith('/list') && !/_id|integrationId|email|phone/.test(bodyText),
    rows: () =>
      cognipeer.contacts.map((contact) => ({
        id: contact._id,
        values: valuesOf({
          externalId: contact.integrationId,
          name: contact.name,
          email: contact.email,
          phone: contact.phone,
          status: contact.status,
          tags: contact.tags,
          ...customFields(contact.properties),
        }),
        isGone: contact.deleted === true,
        updatedAt: Date.parse(String(contact.modifiedDate)),
      })),
    insert(values) {
      const [row] = cognipeer.seed([{ ...fieldsOf(values), properties: customOf(values) }])
      return row?._id ?? ''
    },
    async change(id, values) {
      const before = stored(id)
      if (before === undefined) throw new Error(`There is no contact ${id}`)
      const identifiers = before.integrationId
        ? { integrationId: before.integrationId }
        : { email: before.email }
      const custom = customOf(values)
      const properties = Object.keys(custom).length > 0 && {
        properties: withoutNulls({ ...Object(before.properties), ...custom }),
      }
      const { status } = await cognipeer.fetch('https://api.cognipeer.com/v1/sdk/contact', {
        method: 'PATCH',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${COGNIPEER_TOKEN}`,
          'x-hook-id': COGNIPEER_HOOK_ID,
        },
        body: JSON.stringify({ ...identifiers, data: { ...fieldsOf(values), ...properties } }),
      })
      if (status >= 300) throw new Error(`The hands of others were refused: ${status}`)
    },
    remove: async (id) => void cognipeer.softDelete(id),
    doubles: () => cognipeer.audit().doubled.length + cognipeer.audit().equal.length,
  }
}

function fieldsOf(values: Values): Record<string, string | string[] | null> {
  const fields: Record<string, string | string[] | null> = {}
  const { externalId, tags, ...rest } = values
  if (externalId !== undefined) fields.integrationId = externalId || null
  if (tags !== undefined) fields.tags = tagsOf(tags)
  for (const name of ['name', 'email', 'phone', 'status']) {
    const value = rest[name]
    if (value !== undefined) fields[name] = value || null
  }
  return fields
}

function withoutNulls(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
