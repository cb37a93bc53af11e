import { type ContactInput, ContactsError, type ContactsWith, type RefKey } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { clients } from '../providers.ts'
import { servedContactMethods } from './served.ts'

type Client = ContactsWith<'list' | 'upsert' | 'upsertMany'>

const ID = '11111111-1111-4111-8111-111111111111'
const EMAIL = { one: 'Ana@Example.com', other: 'ana@example.com' }
const PHONE = { one: '+1 (415) 555-2671', other: '+14155552671' }

interface Row {
  readonly provider: string
  readonly make: () => Client
  readonly by: RefKey
  /** Two spellings of one key; where there is but one, the same twice. */
  readonly one: string
  readonly other: string
}

const same = (key: string) => ({ one: key, other: key })

/** Every provider that can upsert, by every key that it can upsert by. */
const ROWS: readonly Row[] = [
  { provider: 'chatbotkit', make: clients.chatbotkit, by: 'externalId', ...same('user-1') },
  { provider: 'chatbotkit', make: clients.chatbotkit, by: 'email', ...EMAIL },
  { provider: 'chatbotkit', make: clients.chatbotkit, by: 'phone', ...PHONE },
  { provider: 'cognipeer', make: clients.cognipeer, by: 'externalId', ...same('user-1') },
  { provider: 'cognipeer', make: clients.cognipeer, by: 'email', ...EMAIL },
  { provider: 'cognipeer', make: clients.cognipeer, by: 'phone', ...PHONE },
  { provider: 'channel-inbox', make: clients['channel-inbox'], by: 'email', ...EMAIL },
  { provider: 'channel-inbox', make: clients['channel-inbox'], by: 'phone', ...PHONE },
  { provider: 'contact-methods', make: clients['contact-methods'], by: 'id', ...same(ID) },
  { provider: 'memory', make: clients.memory, by: 'id', ...same('ana') },
  { provider: 'memory', make: clients.memory, by: 'externalId', ...same('user-1') },
  { provider: 'memory', make: clients.memory, by: 'email', ...EMAIL },
  { provider: 'memory', make: clients.memory, by: 'phone', ...PHONE },
]

describe.each(ROWS)('$provider by $by: one key', ({ make, by, one, other }) => {
  const options = { by, scan: true } as const
  /** What is written of the contact, beside its key. */
  const rest: ContactInput = by === 'id' ? { email: 'ana@example.com' } : {}
  const input = (key: string) => ({ ...rest, [by]: key })
  const count = async (contacts: Client) => (await contacts.list().toArray()).length

  it('upserted three times at once is one contact', async () => {
    const contacts = make()
    const results = await Promise.all([1, 2, 3].map(() => contacts.upsert(input(one), options)))
    expect(results.map(({ outcome }) => outcome)).toEqual(['created', 'unchanged', 'unchanged'])
    expect(await count(contacts)).toBe(1)
  })

  it('is one contact in whatever spelling, at once and in a batch', async () => {
    const contacts = make()
    await Promise.all([one, other, one].map((key) => contacts.upsert(input(key), options)))
    expect(await count(contacts)).toBe(1)
    const batched = make()
    const { failed } = await batched.upsertMany([one, other, one].map(input), options)
    expect(failed).toEqual([])
    expect(await count(batched)).toBe(1)
    expect((await batched.upsert(input(other), options)).outcome).not.toBe('created')
    expect(await count(batched)).toBe(1)
  })

  it('is one contact in two batches and a call at once', async () => {
    const contacts = make()
    await Promise.all([
      contacts.upsertMany([one, other].map(input), options),
      contacts.upsert(input(one), options),
      contacts.upsertMany([other, one].map(input), options),
    ])
    expect(await count(contacts)).toBe(1)
  })
})

describe('a client of contact methods', () => {
  const EMAILED = { id: ID, email: 'ana@example.com' }
  const codeOf = (error: unknown) => (ContactsError.is(error) ? error.code : 'no error of ours')

  it('created three times at once is created once, with one method', async () => {
    const { contacts, vendor } = servedContactMethods()
    const creating = [1, 2, 3].map(() => contacts.create(EMAILED).then(() => 'created', codeOf))
    expect((await Promise.all(creating)).sort()).toEqual(['conflict', 'conflict', 'created'])
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('in batches of creates, and upserted beside a create, likewise', async () => {
    const { contacts, vendor } = servedContactMethods()
    const [{ failed }] = await Promise.all([
      contacts.createMany([EMAILED, EMAILED, EMAILED]),
      contacts.upsert(EMAILED, { by: 'id' }),
      contacts.create(EMAILED).catch(() => undefined),
    ])
    expect(failed.map(({ error }) => error.code)).toEqual(expect.arrayContaining(['conflict', 'conflict']))
    expect(vendor.contactMethods).toHaveLength(1)
  })

  it('updated at once to the same new address gets it once', async () => {
    const { contacts, vendor } = servedContactMethods()
    await contacts.create(EMAILED)
    const patch = { phone: '+14155552671' }
    await Promise.all([1, 2, 3].map(() => contacts.update(ID, patch)))
    expect(vendor.contactMethods).toHaveLength(2)
  })

  it('synced at once to the same methods gets each once', async () => {
    const { contacts, vendor } = servedContactMethods()
    await contacts.create(EMAILED)
    const methods = [
      { type: 'email', value: 'ana@example.com', primary: true },
      { type: 'phone', value: '+14155552671' },
    ] as const
    await Promise.all([1, 2, 3].map(() => contacts.contactMethods.sync(ID, methods)))
    expect(vendor.contactMethods).toHaveLength(2)
  })
})
