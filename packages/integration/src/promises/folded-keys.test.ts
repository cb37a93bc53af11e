import { ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { type Between, servedChatBotKit, servedCognipeer, servedContactMethods } from './served.ts'

async function failureOf(promise: PromiseLike<unknown>): Promise<ContactsError> {
  const error = await Promise.resolve(promise).catch((caught: unknown) => caught)
  if (ContactsError.is(error)) return error
  throw new Error('It was expected to fail with a ContactsError.')
}

/** A server whose column folds: it takes external ids that differ in case, or in blanks at their ends, for one. */
function folding(stored: string, member: string): Between {
  const fold = (value: unknown): unknown =>
    typeof value === 'string' && value.trim().toLowerCase() === stored.trim().toLowerCase() ? stored : value
  return ({ method, url, init, json, path }, pass) => {
    const to = new URL(url)
    for (const [name, value] of url.searchParams) to.searchParams.set(name, String(fold(value)))
    if (typeof init.body !== 'string') return pass(init, to)
    const filter = typeof json.filter === 'object' ? json.filter : {}
    const folded: Record<string, unknown> = {
      ...json,
      // An update’s own new values are stored as they are.
      ...((method !== 'POST' || !path.endsWith('/contact')) &&
        member in json && { [member]: fold(json[member]) }),
      ...('filter' in json && {
        filter: Object.fromEntries(Object.entries(filter ?? {}).map(([key, value]) => [key, fold(value)])),
      }),
    }
    return pass({ ...init, body: JSON.stringify(folded) }, to)
  }
}

const OTHERS = ['USER-000000000000042', 'User-000000000000042', 'user-000000000000042 ']
const STORED = 'user-000000000000042'

describe.each(OTHERS)('an external id that only resembles the one that is stored: "%s"', (externalId) => {
  const bo = { externalId, name: 'Bo' }

  it('is a conflict at ChatBotKit, and Ana stays Ana', async () => {
    for (const verifiedAt of [1_700_000_000_000, null]) {
      const { contacts, vendor } = servedChatBotKit(folding(STORED, 'fingerprint'))
      vendor.seed([{ fingerprint: STORED, name: 'Ana', ...(verifiedAt && { verifiedAt }) }])
      const before = JSON.stringify(vendor.contacts)
      const blank = externalId.trim() !== externalId
      const code = blank ? 'invalid_input' : 'conflict'
      const writes = [
        contacts.upsert(bo, { by: 'externalId' }),
        contacts.create(bo),
        contacts
          .upsertMany([bo], { by: 'externalId' })
          .then(({ failed }) => Promise.reject(failed[0]?.error)),
        contacts.createMany([bo]).then(({ failed }) => Promise.reject(failed[0]?.error)),
      ]
      for (const write of writes) expect((await failureOf(write)).code).toBe(code)
      const scan = { scan: true } as const
      expect((await failureOf(contacts.update({ externalId }, { name: 'Bo' }, scan))).code).toBe('not_found')
      expect((await failureOf(contacts.delete({ externalId }, scan))).code).toBe('not_found')
      expect(JSON.stringify(vendor.contacts)).toBe(before)
    }
  })

  it.each([[], ['externalId']] as const)(
    'is a conflict at Cognipeer, and Ana stays Ana (unique: %j)',
    async (...unique) => {
      const { contacts, vendor, sent } = servedCognipeer(folding(STORED, 'integrationId'), {}, unique)
      vendor.seed([{ integrationId: STORED, name: 'Ana' }])
      const upserts = [
        () => contacts.upsert(bo, { by: 'externalId' }),
        async () => {
          const { failed } = await contacts.upsertMany([bo], { by: 'externalId' })
          throw failed[0]?.error
        },
      ]
      const patch = { customFields: { plan: 'pro' } }
      const updates = [
        () => contacts.update({ externalId }, patch),
        async () => {
          const { failed } = await contacts.updateMany([{ ref: { externalId }, patch }])
          throw failed[0]?.error
        },
      ]
      for (const write of upserts) {
        expect(await failureOf(write())).toMatchObject({ code: 'conflict', applied: 'no' })
      }
      for (const write of updates) {
        expect(await failureOf(write())).toMatchObject({ code: 'not_found', applied: 'no' })
      }
      expect(await contacts.find({ externalId })).toBeUndefined()
      expect(sent.filter((request) => !/GET|list/.test(request))).toEqual([])
      expect(vendor.contacts).toMatchObject([{ name: 'Ana' }])
    },
  )

  it('is another contact’s in memory', async () => {
    const contacts = memory({ contacts: [{ externalId: STORED, name: 'Ana' }] })
    expect((await contacts.upsert(bo, { by: 'externalId' })).outcome).toBe('created')
    const { succeeded } = await contacts.upsertMany([bo], { by: 'externalId' })
    expect(succeeded).toMatchObject([{ outcome: 'unchanged' }])
    expect((await contacts.get({ externalId: STORED })).name).toBe('Ana')
  })
})

describe('the id of a client at contact methods', () => {
  it('that only resembles the one that is stored changes nothing', async () => {
    const id = 'aaaaaaaa-1111-4111-8111-111111111111'
    const { contacts, vendor } = servedContactMethods(({ url, init }, pass) =>
      pass(init, new URL(url.href.replace(id.toUpperCase(), id))),
    )
    await contacts.create({ id, email: 'ana@example.com' })
    const other = id.toUpperCase()
    const bo = { id: other, email: 'bo@example.com' }
    for (const write of [
      () => contacts.upsert(bo, { by: 'id' }),
      () => contacts.create(bo),
      () => contacts.update(other, { email: bo.email }),
      () => contacts.delete(other),
    ]) {
      expect(['conflict', 'bad_response']).toContain((await failureOf(write())).code)
    }
    expect(vendor.contactMethods).toMatchObject([{ clientId: id, value: 'ana@example.com' }])
  })
})
