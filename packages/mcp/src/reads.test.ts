import { ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { createClients } from './testing/providers.ts'
import { person, stored } from './testing/stored.ts'

async function people(count: number) {
  const contacts = memory()
  await contacts.createMany(
    Array.from({ length: count }, (_, i) => ({
      externalId: `u${String(i).padStart(3, '0')}`,
      name: `Person ${i}`,
      email: `p${i}@x.test`,
      customFields: { plan: i % 10 === 0 ? 'pro' : 'free' },
    })),
  )
  return contacts
}

describe('list_contacts', () => {
  it('filters, sorts and tells how many there are', async () => {
    const { call } = await connect(await people(45))
    const query = {
      where: { customFields: { plan: 'pro' } },
      orderBy: { field: 'externalId', direction: 'desc' },
      limit: 2,
    }
    const first = await call('list_contacts', query)
    expect(first.said).toMatchObject({ count: 2, total: 5 })
    expect(first.rows.map(({ externalId }) => externalId)).toEqual(['u040', 'u030'])
    const second = await call('list_contacts', { ...query, cursor: first.said.nextCursor, fields: ['name'] })
    expect(second.rows.map(({ name }) => name)).toEqual(['Person 20', 'Person 10'])
    // A cursor can be used again, and then says the same.
    const again = await call('list_contacts', { cursor: first.said.nextCursor })
    expect(again.rows.map(({ externalId }) => externalId)).toEqual(['u020', 'u010'])
  })

  it('refuses a cursor of another query, of another tool, and one that was changed', async () => {
    const { call } = await connect(await people(45))
    const { said } = await call('list_contacts', { where: { name: { exists: true } } })
    const cursor = String(said.nextCursor)
    for (const [tool, args, words] of [
      ['list_contacts', { cursor, where: { name: 'Person 1' } }, 'another where'],
      ['list_contacts', { cursor, orderBy: { field: 'name' } }, 'another orderBy'],
      ['list_contacts', { cursor: `${cursor}0` }, 'none of list_contacts'],
      ['search_contacts', { cursor }, 'none of search_contacts'],
      ['find_duplicates', { cursor }, 'none of find_duplicates'],
    ] as const) {
      const refused = await call(tool, args)
      expect(refused).toMatchObject({ isError: true, said: { error: 'invalid_input' } })
      expect(refused.said.message).toContain(words)
    }
  })

  it('keeps a hundred cursors, and says that older ones are old', async () => {
    const { call } = await connect(await people(12))
    const { said } = await call('list_contacts')
    for (let i = 0; i < 100; i++) await call('list_contacts')
    expect((await call('list_contacts', { cursor: said.nextCursor })).said.message).toContain('an old one')
  })

  it('says what is wrong in a condition', async () => {
    const { call } = await connect(await people(1))
    const refused = await call('list_contacts', { where: { shoeSize: 4 } })
    expect(refused).toMatchObject({ isError: true, said: { error: 'invalid_input' } })
    expect(refused.said.message).toContain('where.shoeSize')
    expect((await call('list_contacts', { limit: 21 })).isError).toBe(true)
    expect((await call('list_contacts', { raw: true })).isError).toBe(true)
    expect((await call('list_contacts', { fields: ['raw'] })).isError).toBe(true)
  })

  it('reads large pages where it filters itself, at most twenty an answer, and goes on from there', async () => {
    const held = Array.from({ length: 4500 }, (_, i) => person(`c${i}`, { name: i === 4400 ? 'Ana' : 'Bea' }))
    const { contacts, pages } = stored(held)
    const { call } = await connect(contacts)
    const first = await call('list_contacts', { where: { name: 'Ana' } })
    expect(first.said).toMatchObject({ count: 0, more: expect.stringContaining('call again') })
    expect(pages).toEqual(Array.from({ length: 20 }, () => 100))
    const second = await call('list_contacts', { cursor: first.said.nextCursor })
    const third = await call('list_contacts', { cursor: second.said.nextCursor })
    expect(third.rows).toEqual([{ id: 'c4400', name: 'Ana' }])
    expect(third.said.nextCursor).toBeUndefined()
    expect(pages).toHaveLength(45)
  })

  it('keeps the size of pages that are numbered, however many contacts are asked for later', async () => {
    const { contacts, pages } = stored(Array.from({ length: 30 }, (_, i) => person(`c${i}`)))
    const { call } = await connect(contacts)
    const ids: unknown[] = []
    let answer = await call('list_contacts', { limit: 7 })
    for (const limit of [3, 20, 1, 20]) {
      ids.push(...answer.rows.map(({ id }) => id))
      if (answer.said.nextCursor === undefined) break
      answer = await call('list_contacts', { cursor: answer.said.nextCursor, limit })
    }
    expect(ids).toEqual(Array.from({ length: 30 }, (_, i) => `c${i}`))
    expect(new Set(pages)).toEqual(new Set([7]))
  })
})

describe('search_contacts', () => {
  it('finds by words, page by page', async () => {
    const { call } = await connect(await people(45))
    const first = await call('search_contacts', { text: 'person', limit: 20 })
    expect(first.rows).toHaveLength(20)
    const second = await call('search_contacts', { cursor: first.said.nextCursor })
    expect(second.rows.map(({ id }) => id)).not.toContain(first.rows[0]?.id)
    expect((await call('search_contacts', { text: 'p7@x' })).rows).toMatchObject([{ name: 'Person 7' }])
    expect((await call('search_contacts', { text: 'x', cursor: first.said.nextCursor })).isError).toBe(true)
    expect((await call('search_contacts', {})).isError).toBe(true)
  })
})

describe('get_contact', () => {
  it("reads all fields but the vendor's own record, by any key", async () => {
    const contacts = await people(3)
    const one = await contacts.get({ externalId: 'u001' })
    const { call } = await connect(contacts)
    const { rows } = await call('get_contact', { by: 'email', value: 'P1@x.test' })
    const { raw: _raw, provider: _provider, ...shown } = one
    expect(rows).toEqual([shown])
    const few = await call('get_contact', { by: 'id', value: one.id, fields: ['name'] })
    expect(few.rows).toEqual([{ id: one.id, name: 'Person 1' }])
  })

  it('says what is not there, and what several have', async () => {
    const contacts = await people(1)
    await contacts.create({ email: 'p0@x.test' })
    const { call } = await connect(contacts)
    const absent = await call('get_contact', { by: 'email', value: 'nobody@x.test' })
    expect(absent).toMatchObject({ isError: true, said: { error: 'not_found' } })
    expect(absent.text).not.toContain('nobody')
    expect((await call('get_contact', { by: 'email', value: 'p0@x.test' })).said.error).toBe('ambiguous')
  })
})

describe('count_contacts', () => {
  it('counts at the provider where that is exact', async () => {
    const { call } = await connect(await people(25), { maxRead: 1 })
    expect((await call('count_contacts')).said).toEqual({ count: 25 })
    const where = { customFields: { plan: 'pro' } }
    expect((await call('count_contacts', { where })).said).toEqual({ count: 3 })
  })

  it('reads no more than it may, and says so', async () => {
    const { contacts } = stored(Array.from({ length: 250 }, (_, i) => person(`c${i}`)))
    const some = await connect(contacts, { maxRead: 200 })
    expect((await some.call('count_contacts')).said).toMatchObject({ atLeast: 200 })
    const all = await connect(contacts, { maxRead: 300 })
    expect((await all.call('count_contacts')).said).toEqual({ count: 250 })
  })
})

describe('find_duplicates', () => {
  const pairs = (count: number) =>
    Array.from({ length: count }, (_, i) => [
      person(`a${i}`, {
        name: `Ana ${i}`,
        email: `a${i}@x.test`,
        contactMethods: [{ type: 'email', value: `a${i}@x.test`, primary: true }],
      }),
      person(`b${i}`, {
        email: `A${i}@x.test`,
        contactMethods: [{ type: 'email', value: `A${i}@x.test`, primary: true }],
      }),
    ]).flat()

  it('tells groups and why, twenty an answer, from one reading', async () => {
    const { contacts, pages } = stored(pairs(45))
    const { call } = await connect(contacts)
    const first = await call('find_duplicates', { by: ['email'] })
    expect(first.said).toMatchObject({ groups: 20, groupsInAll: 45, contactsRead: 90 })
    expect(first.rows[0]).toEqual({
      contacts: [
        { id: 'a0', name: 'Ana 0', email: 'a0@x.test' },
        { id: 'b0', email: 'A0@x.test' },
      ],
      reasons: [{ why: 'email', detail: 'a0@x.test', ids: ['a0', 'b0'] }],
    })
    const read = pages.length
    const second = await call('find_duplicates', { cursor: first.said.nextCursor })
    const third = await call('find_duplicates', { by: ['email'], cursor: second.said.nextCursor })
    expect([second.rows.length, third.rows.length, third.said.nextCursor]).toEqual([20, 5, undefined])
    expect(pages).toHaveLength(read)
  })

  it('reads no more than it may, and says so', async () => {
    const { contacts } = stored(pairs(50))
    const some = await connect(contacts, { maxRead: 99 })
    expect((await some.call('find_duplicates')).said).toMatchObject({
      contactsRead: 99,
      groupsInAll: 49,
      incomplete: expect.stringContaining('Not all contacts'),
    })
    const all = await connect(contacts, { maxRead: 100 })
    const { said } = await all.call('find_duplicates')
    expect([said.contactsRead, said.incomplete]).toEqual([100, undefined])
  })
})

describe('what goes wrong', () => {
  it('is said in plain words, with what to do and how long to wait', async () => {
    const { clients, emulator } = createClients()
    emulator.chatbotkit.faults.add({ status: 429, headers: { 'retry-after': '3600' } })
    const { call } = await connect(clients.chatbotkit)
    const failed = await call('list_contacts')
    expect(failed).toMatchObject({ isError: true, said: { error: 'rate_limited' } })
    expect(failed.said.whatToDo).toBe('Wait, then call again. Not before 3600 seconds are over.')
    expect(failed.said.note).toContain('words of the provider')
  })

  it('is a listing that would never end', async () => {
    const endless = new Proxy(await people(1), {
      get: (target, name, receiver) =>
        name === 'list'
          ? () => Promise.resolve({ items: [], nextCursor: 'again' })
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(endless)
    expect(await call('list_contacts')).toMatchObject({ isError: true, said: { error: 'bad_response' } })
  })

  it('is told to the application alone where nobody expected it', async () => {
    const contacts = await people(1)
    const secret = new TypeError('secret of the program')
    const broken = new Proxy(contacts, {
      get: (target, name, receiver) =>
        name === 'find' ? () => Promise.reject(secret) : Reflect.get(target, name, receiver),
    })
    const seen: unknown[] = []
    const { call } = await connect(broken, { onError: (error, tool) => seen.push([error, tool]) })
    const failed = await call('get_contact', { by: 'id', value: 'x' })
    expect(failed).toMatchObject({ isError: true, said: { error: 'unexpected' } })
    expect(failed.text).not.toContain('secret')
    expect(seen).toEqual([[secret, 'get_contact']])
  })

  it('does not hold what a provider says at length, or with hidden signs', async () => {
    const broken = new Proxy(await people(1), {
      get: (target, name, receiver) =>
        name === 'find'
          ? () =>
              Promise.reject(
                new ContactsError({ code: 'unavailable', message: `\u202e</x>${'y'.repeat(9000)}` }),
              )
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(broken)
    const { text, said } = await call('get_contact', { by: 'id', value: 'x' })
    expect(text.length).toBeLessThan(2000)
    expect(String(said.message)).toMatch(/^\[U\+202E\]<\/x>y+… \[cut: 9005 characters\]$/)
    expect(text).not.toContain('<')
  })

  it('cancels the request at the provider when the call is cancelled', async () => {
    let [isAsked, isCancelled] = [false, false]
    const waiting = new Proxy(await people(1), {
      get: (target, name, receiver) =>
        name === 'find'
          ? (_ref: unknown, { signal }: { signal: AbortSignal }) =>
              new Promise((_resolve, reject) => {
                isAsked = true
                signal.addEventListener('abort', () => {
                  isCancelled = true
                  reject(signal.reason)
                })
              })
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(waiting)
    const abort = new AbortController()
    const calling = call('get_contact', { by: 'id', value: 'x' }, abort.signal)
    await expect.poll(() => isAsked).toBe(true)
    expect(isCancelled).toBe(false)
    abort.abort()
    await expect(calling).rejects.toThrow()
    await expect.poll(() => isCancelled).toBe(true)
  })

  it('is not long work: it tells how far it is to whoever asks', async () => {
    const { contacts } = stored(Array.from({ length: 1200 }, (_, i) => person(`c${i}`)))
    const { client } = await connect(contacts)
    for (const [name, expected] of [
      ['count_contacts', 12],
      ['find_duplicates', 2],
    ] as const) {
      const told: number[] = []
      await client.callTool({ name }, { onprogress: ({ progress }) => told.push(progress) })
      expect(told).toHaveLength(expected)
      expect(told).toEqual([...told].sort((one, other) => one - other))
    }
  })

  it('is an option that cannot work', async () => {
    for (const options of [{ maxAnswerLength: 100 }, { maxRead: 0 }, { previewMs: 0.5 }]) {
      await expect(connect(stored([]).contacts, options)).rejects.toMatchObject({ code: 'config' })
    }
  })
})
