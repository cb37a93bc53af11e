import { CHANNEL_INBOX_API_KEY, type Emulator } from '@anycontact/emulator'
import { type Site, sendAs, tagsOf, type Values, valuesOf } from './site.ts'

const CONTACTS = 'https://app-gatewayv2.imbrace.co/channel-service/v1/contacts'

/** The channel inbox, where no key is unique and creates are found again by a listing alone. */
export function channelInboxSite({ channelInbox }: Emulator): Site {
  const call = (method: string, id: string, body?: unknown): Promise<void> =>
    sendAs(channelInbox.fetch, `${CONTACTS}/${id}`, method, { 'x-api-key': CHANNEL_INBOX_API_KEY }, body)
  return {
    provider: 'channel-inbox',
    name: 'channel-inbox',
    fetch: channelInbox.fetch,
    isWrite: (method, path) => method !== 'GET' && !path.split('?')[0]?.endsWith('/_search'),
    isCountedListing: (method, path) => method === 'GET' && /\/v1\/contacts(?:\?|$)/.test(path),
    rows: () =>
      channelInbox.contacts.map((contact) => ({
        id: contact.id,
        values: valuesOf({
          name: contact.display_name,
          email: contact.email,
          phone: contact.phone_number,
          tags: contact.labels,
          note: contact.remark,
        }),
        isGone: false,
        updatedAt: Date.parse(contact.updated_at ?? contact.created_at),
      })),
    insert(values) {
      const { tags, ...fields } = fieldsOf(values, 'display_name', 'phone_number')
      const [row] = channelInbox.seed([{ ...fields, ...(values.tags && { labels: tagsOf(values.tags) }) }])
      return row?.id ?? ''
    },
    change(id, values) {
      const { tags, ...fields } = fieldsOf(values, 'name', 'phone')
      const labels = values.tags === undefined ? {} : { labels: tagsOf(values.tags) }
      return call('PUT', id, { ...fields, ...labels })
    },
    remove: (id) => call('DELETE', id),
    doubles: () => channelInbox.audit().doubled.length + channelInbox.audit().equal.length,
  }
}

function fieldsOf(values: Values, name: string, phone: string): Record<string, string> {
  const fields: Record<string, string> = {}
  if (values.name !== undefined) fields[name] = values.name
  if (values.phone !== undefined) fields[phone] = values.phone
  if (values.email !== undefined) fields.email = values.email
  if (values.note !== undefined) fields.remark = values.note
  return fields
}
