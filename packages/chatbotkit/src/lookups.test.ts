import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { records } from './testing/records.ts'
import { setup } from './testing/setup.ts'

describe('lookups', () => {
  it('by id is one request', async () => {
    const { contacts, vendor, requests } = setup()
    vendor.seed(records(3))
    expect((await contacts.get('c000000000000000000000001')).name).toBe('Contact 1')
    expect(await contacts.find('c000000000000000000000009')).toBeUndefined()
    expect(requests()).toEqual(['GET {id}/fetch', 'GET {id}/fetch'])
  })

  it.each(['externalId', 'email', 'phone'] as const)(
    'by %s is a scan, and the error says so',
    async (key) => {
      const { contacts, vendor, requests } = setup()
      vendor.seed([{ fingerprint: 'crm-user-000000000001', email: 'ana@example.com', phone: '+14155552671' }])
      const value = { externalId: 'crm-user-000000000001', email: 'ana@example.com', phone: '+14155552671' }[
        key
      ]
      for (const call of [
        // @ts-expect-error -- without scan: true it does not compile
        contacts.get({ [key]: value }),
        // @ts-expect-error -- without scan: true it does not compile
        contacts.update({ [key]: value }, { name: 'Ana' }),
        // @ts-expect-error -- without scan: true it does not compile
        contacts.delete({ [key]: value }),
      ]) {
        expect(await failure(call)).toMatchObject({
          code: 'unsupported',
          message: expect.stringContaining('{ scan: true }'),
        })
      }
      expect(requests()).toEqual([])
      const found = await contacts.get({ [key]: value } as { email: string }, { scan: true })
      expect(found[key]).toBe(value)
      expect(requests()).toEqual(['GET list', 'GET list'])
    },
  )

  it('is ambiguous when several contacts share an email', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ email: 'ana@example.com' }, { email: 'ana@example.com' }])
    const error = await failure(contacts.find({ email: 'ana@example.com' }, { scan: true }))
    expect(error).toMatchObject({ code: 'ambiguous', operation: 'find' })
  })

  it('sends an awkward id as one path segment', async () => {
    const { contacts, vendor } = setup()
    expect(await failure(contacts.get('../x?y#z'))).toMatchObject({ code: 'not_found' })
    expect(vendor.requests.map(({ path }) => path)).toEqual(['/v1/contact/..%2Fx%3Fy%23z/fetch'])
  })

  it.each(['(Jane Doe)', '@jane', '()', ' (x)'])(
    'refuses %j, which would name another record',
    async (id) => {
      const { contacts, vendor } = setup()
      vendor.seed([{ name: 'Jane Doe' }])
      for (const call of [contacts.get(id), contacts.update(id, { name: 'x' }), contacts.delete(id)]) {
        expect(await failure(call)).toMatchObject({ code: 'invalid_input' })
      }
      expect(vendor.requests).toHaveLength(0)
    },
  )
})

describe('conversations', () => {
  it('lists those of a contact', async () => {
    const { contacts, vendor } = setup()
    const [contact] = vendor.seed([{ name: 'Ana' }])
    const id = contact?.id ?? ''
    vendor.seedConversations(id, [{ name: 'first' }, { name: 'second', meta: { topic: 'billing' } }])
    const listed = await contacts.conversations.list(id).toArray()
    expect(listed.map(({ name }) => name).sort()).toEqual(['first', 'second'])
    expect(listed.find(({ name }) => name === 'second')).toMatchObject({
      provider: 'chatbotkit',
      contactId: id,
      customFields: { topic: 'billing' },
      createdAt: expect.stringMatching(/Z$/),
    })
    expect(await contacts.conversations.list(id)).not.toHaveProperty('nextCursor')
    const paged: unknown[] = []
    for await (const page of contacts.conversations.list(id, { pageSize: 1 }).pages())
      paged.push(...page.items)
    expect(paged).toHaveLength(2)
  })

  it('is not_found for no contact', async () => {
    const { contacts } = setup()
    expect(await failure(contacts.conversations.list('c000000000000000000000009'))).toMatchObject({
      code: 'not_found',
    })
  })
})
