// What is made by one call is seen by those that name it by any of its keys, also where nobody knows whether it was made.
import { type ContactInput, ContactsError, type ContactsWith, type RefKey } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { type Between, type Passing, servedChatBotKit, servedCognipeer } from './served.ts'

type Client = ContactsWith<'create' | 'createMany' | 'upsert' | 'upsertMany' | 'list'>

const SERVERS = {
  chatbotkit: (between: Between): Client => servedChatBotKit(between).contacts,
  cognipeer: (between: Between): Client => servedCognipeer(between).contacts,
}

const isCreate = ({ method, path }: Passing): boolean =>
  method === 'POST' && /\/(?:contact|create)$/.test(path)

/** Lets everything else go on that can. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve))
}

/** A server that is slow with creates: what was asked later is answered earlier. */
const slowly: Between = async (request, pass) => {
  if (isCreate(request)) await turns(20)
  return pass()
}

const EMAIL = { email: 'ana@example.com' }
const RESPELLED = { email: 'Ana@Example.com', name: 'Ana' }
const BY_EMAIL = { by: 'email', scan: true } as const

/** Two calls at once, of which the first creates a contact that the second means too. */
const PAIRS: readonly (readonly [
  name: string,
  both: (contacts: Client) => readonly PromiseLike<unknown>[],
])[] = [
  ['a create and an upsert', (c) => [c.create(EMAIL), c.upsert(RESPELLED, BY_EMAIL)]],
  ['batches of them', (c) => [c.createMany([EMAIL]), c.upsertMany([RESPELLED], BY_EMAIL)]],
  [
    'upserts by two keys of one contact',
    (c) => [
      c.upsert({ externalId: 'user-1', ...EMAIL }, { by: 'externalId' }),
      c.upsert(RESPELLED, BY_EMAIL),
    ],
  ],
]

describe.each(Object.entries(SERVERS))('%s', (_, open) => {
  it.each(PAIRS)('%s at once make one contact', async (_name, both) => {
    const contacts = open(slowly)
    await Promise.all(both(contacts))
    expect(await contacts.list().toArray()).toMatchObject([{ name: 'Ana' }])
  })

  /** What is known of a contact that is to be made, beside the key that the others go by. */
  const makes: readonly (readonly [
    string,
    (c: Client, input: ContactInput, by: RefKey) => PromiseLike<unknown>,
  ])[] = [
    ['create', (c, input) => c.create(input)],
    ['createMany', (c, input) => c.createMany([input])],
    ['upsert', (c, input, by) => c.upsert(input, { by, scan: true })],
  ]

  it.each(makes)('a lost %s may land later: who waits for it creates no other', async (_name, make) => {
    const late: (() => Promise<unknown>)[] = []
    let arrive = (): void => {}
    const arriving = new Promise<void>((resolve) => {
      arrive = resolve
    })
    const contacts = open(async (request, pass) => {
      if (!isCreate(request) || late.length > 0) return pass()
      late.push(pass)
      arrive()
      await turns(20)
      throw new TypeError('fetch failed')
    })
    const first = Promise.resolve(make(contacts, EMAIL, 'email')).catch(() => undefined)
    await arriving
    const waiting = contacts.upsert(RESPELLED, BY_EMAIL).then(
      () => undefined,
      (error: unknown) => error,
    )
    await first
    expect(await waiting).toMatchObject({ code: 'unavailable', applied: 'no' })
    await Promise.all(late.map((land) => land()))
    expect(await contacts.list().toArray()).toHaveLength(1)
    expect(await contacts.upsert(RESPELLED, BY_EMAIL)).toMatchObject({ outcome: 'updated' })
  })

  it('a create that was given up before it was sent holds up nobody', async () => {
    const leaving = new AbortController()
    let looked = 0
    const contacts = open(async (request, pass) => {
      const answer = await pass()
      if (!isCreate(request) && looked++ === 0) leaving.abort()
      return answer
    })
    const left = contacts.upsert(EMAIL, { ...BY_EMAIL, signal: leaving.signal }).catch((error) => error)
    const waiting = contacts.upsert(RESPELLED, BY_EMAIL)
    expect(ContactsError.is(await left)).toBe(false)
    expect((await waiting).outcome).toBe('created')
  })
})
