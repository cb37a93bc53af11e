import { CHANNEL_INBOX_API_KEY, createEmulator } from '@anycontact/emulator'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { ImbraceClient } from './index.ts'

/** The programs of the vendor's reference page, as they stand there; only the ids are of contacts that exist. */
describe('the vendor’s documented programs', () => {
  let vendor = createEmulator().channelInbox
  let client = new ImbraceClient({ apiKey: CHANNEL_INBOX_API_KEY })
  let contact_id = ''
  let conversation_id = ''

  beforeEach(() => {
    vendor = createEmulator({ seed: 1 }).channelInbox
    client = new ImbraceClient({ apiKey: CHANNEL_INBOX_API_KEY, fetch: vendor.fetch })
    const [contact] = vendor.seed([{ display_name: 'Alice', email: 'alice@example.com' }])
    contact_id = contact?.id ?? ''
    conversation_id = vendor.seedConversations(contact_id, [{ channel_type: 'web' }])[0]?._id ?? ''
  })

  it('list', async () => {
    const log = vi.fn()
    const page = await client.contacts.list({ limit: 50, skip: 0 })
    for (const contact of page.data) {
      log(contact.id, contact.display_name, contact.email)
    }
    expect(log.mock.calls).toEqual([[contact_id, 'Alice', 'alice@example.com']])
    expect(vendor.requests[0]?.query).toEqual({ limit: '50', skip: '0' })
  })

  it('search', async () => {
    const results = await client.contacts.search({
      q: 'alice@example.com',
      limit: 10,
    })
    expect(results.data.map(({ id }) => id)).toEqual([contact_id])
    expect(vendor.requests[0]?.query).toEqual({ q: 'alice@example.com', limit: '10' })
  })

  it('update', async () => {
    const contact = await client.contacts.update(contact_id, {
      name: 'Alice Smith',
      email: 'alice@example.com',
      phone: '+84912345678',
    })
    expect(contact).toMatchObject({
      id: contact_id,
      display_name: 'Alice Smith',
      phone_number: '+84912345678',
    })
    expect(vendor.requests[0]).toMatchObject({
      method: 'PUT',
      json: { name: 'Alice Smith', email: 'alice@example.com', phone: '+84912345678' },
    })
  })

  it('get', async () => {
    expect(await client.contacts.get(contact_id)).toMatchObject({ object_name: 'contact', id: contact_id })
  })

  it('getConversations', async () => {
    const conversations = await client.contacts.getConversations(contact_id, {
      channelTypes: 'whatsapp,web',
    })
    expect(conversations.map(({ _id }) => _id)).toEqual([conversation_id])
    expect(vendor.requests[0]?.url).toContain('?channel_types=whatsapp%2Cweb')
  })

  it('getComments', async () => {
    vendor.seedComments(contact_id, [{ text: 'Called back' }])
    const comments = await client.contacts.getComments(contact_id, {
      limit: 20,
      skip: 0,
    })
    expect(comments.map(({ text }) => text)).toEqual(['Called back'])
    expect(vendor.requests[0]?.query).toEqual({ limit: '20', skip: '0' })
  })

  it('getFiles', async () => {
    const [file] = vendor.seedFiles(contact_id, [{}])
    expect((await client.contacts.getFiles(contact_id))[0]?._id).toBe(file?._id)
    expect(vendor.requests[0]?.path).toBe(`/channel-service/v1/contact/${contact_id}/files`)
  })

  it('getActivities', async () => {
    vendor.seedActivities(conversation_id, [{ type: 'joined' }])
    const activities = await client.contacts.getActivities(conversation_id)
    expect(activities.map(({ type }) => type)).toEqual(['joined'])
  })

  it('exportCsv', async () => {
    const csv = await client.contacts.exportCsv()
    expect(csv).toContain('alice@example.com')
  })

  it('listNotifications', async () => {
    vendor.seedNotifications([{ title: 'Hello' }])
    const log = vi.fn()
    const page = await client.contacts.listNotifications({ limit: 20, skip: 0 })
    for (const n of page.data) {
      log(n)
    }
    expect(log.mock.calls).toMatchObject([[{ title: 'Hello', is_read: false, type: 1 }]])
    expect(page.unread_count).toBe(1)
  })

  it('markNotificationsRead, dismissNotification, dismissAllNotifications', async () => {
    const [notif_id_1 = '', notif_id_2 = ''] = vendor.seedNotifications([{}, {}, {}]).map(({ id }) => id)
    expect(await client.contacts.markNotificationsRead([notif_id_1, notif_id_2])).toEqual({ success: true })
    expect(vendor.notifications.map(({ is_read }) => is_read)).toEqual([false, true, true])
    await client.contacts.dismissNotification(notif_id_1)
    expect(vendor.notifications).toHaveLength(2)
    await client.contacts.dismissAllNotifications()
    expect(vendor.notifications).toHaveLength(0)
    expect(vendor.requests.map(({ method, json }) => [method, json])).toEqual([
      ['PUT', { notification_id: [notif_id_1, notif_id_2] }],
      ['DELETE', { notification_id: notif_id_1 }],
      ['DELETE', undefined],
    ])
  })

  it('uploadAvatar', async () => {
    const avatarBlob = new Blob(['picture'], { type: 'image/png' })
    const log = vi.fn()
    const formData = new FormData()
    formData.append('file', avatarBlob, 'avatar.png')
    const result = await client.contacts.uploadAvatar(formData)
    log(result.url)
    expect(log.mock.calls).toEqual([[vendor.uploads[0]?.url]])
    expect(vendor.uploads[0]).toMatchObject({ name: 'avatar.png', type: 'image/png' })
    expect(vendor.requests[0]?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/)
  })
})
