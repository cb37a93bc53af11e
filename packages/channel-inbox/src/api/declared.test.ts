import { CHANNEL_INBOX_API_KEY } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { apiSetup, first } from '../testing/setup.ts'

/** The members that the vendor's types declare as always there, or as read: of a file none is a must. */
const DECLARED = {
  contact: { id: 'string', organization_id: 'string', created_at: 'string', updated_at: 'string' },
  page: { data: 'object', total: 'number', page: 'number', limit: 'number' },
  conversation: {
    object_name: 'string',
    id: 'string',
    organization_id: 'string',
    business_unit_id: 'string',
    channel_id: 'string',
    channel_type: 'string',
    contact_id: 'string',
    status: 'string',
    name: 'string',
    timestamp: 'string',
    users: 'object',
  },
  file: { _id: 'string', name: 'string', url: 'string', size: 'number' },
  notification: {
    id: 'string',
    organization_id: 'string',
    user_id: 'string',
    type: 'string',
    content: 'object',
    is_read: 'boolean',
    created_at: 'string',
  },
} as const

/** What each member is that is not as declared. */
function differences(kind: keyof typeof DECLARED, sent: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(DECLARED[kind]).flatMap(([name, type]) => {
      const value: unknown = Reflect.get(Object(sent), name)
      const found = value === null ? 'null' : typeof value
      return found === type ? [] : [[name, found]]
    }),
  )
}

function rowsIn(answer: unknown): readonly unknown[] {
  const data: unknown = Reflect.get(Object(answer), 'data')
  return Array.isArray(data) ? data : []
}

describe('what is sent', () => {
  it('differs from what the vendor declares in this', async () => {
    const { vendor } = apiSetup()
    const { id } = first(vendor.seed([{ display_name: 'Ana' }]))
    vendor.seedConversations(id, [{ name: 'Talk' }])
    vendor.seedFiles(id, [{}])
    vendor.seedNotifications([{ title: 'Hello', content: 'Text' }])
    const sent = async (path: string): Promise<unknown> => {
      const headers = { 'x-api-key': CHANNEL_INBOX_API_KEY }
      return (await vendor.fetch(`https://inbox.test/channel-service/v1${path}`, { headers })).json()
    }
    const page = await sent('/contacts')
    const conversations = await sent(`/contacts/${id}/conversations`)
    const files = await sent(`/contact/${id}/files`)
    const notices = await sent('/notifications')

    expect(differences('contact', first(rowsIn(page)))).toEqual({ updated_at: 'null' })
    expect(differences('page', page)).toEqual({ page: 'undefined', limit: 'undefined' })
    expect(differences('file', first(Array.isArray(files) ? files : []))).toEqual({
      name: 'undefined',
      url: 'undefined',
      size: 'undefined',
    })
    expect(differences('notification', first(rowsIn(notices)))).toEqual({
      organization_id: 'undefined',
      user_id: 'undefined',
      type: 'number',
      content: 'string',
    })
    // Declared as an array of conversations, and sent as teams' records in an object.
    expect(Object.keys(Object(conversations))).toEqual(['data'])
    const missing = Object.keys(differences('conversation', first(rowsIn(conversations))))
    expect(missing).toEqual(
      Object.keys(DECLARED.conversation).filter((name) => !/^(organization|business_unit)_id$/.test(name)),
    )
  })
})
