import { type Contact, ContactsError } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { findDuplicates } from './find-duplicates.ts'
import type { FindDuplicatesOptions } from './options.ts'
import { person } from './testing/people.ts'

const ALL = { by: ['email', 'phone', 'name'] } as const satisfies FindDuplicatesOptions

/** The ids of each group, and why, in short. */
async function found(
  contacts: readonly Contact[],
  options: FindDuplicatesOptions = ALL,
): Promise<[ids: string, ...reasons: string[]][]> {
  const { groups } = await findDuplicates(contacts, options)
  return groups.map((group) => [
    group.contacts.map(({ id }) => id).join(' '),
    ...group.reasons.map((reason) => {
      const ids = reason.contacts.map(({ id }) => id).join(' ')
      const how = reason.why === 'name' ? ` ${reason.similarity.toFixed(2)} ${reason.within}` : ''
      return `${ids} ${reason.why}${how} ${reason.detail}`
    }),
  ])
}

describe('findDuplicates', () => {
  it('finds addresses in another case and with blanks, also where they are not the primary ones', async () => {
    expect(
      await found([
        person('1', { email: 'Ana@Example.com' }),
        person('2', { email: 'ana@work.test' }, [{ type: 'email', value: ' ana@example.COM ' }]),
        person('3', { email: 'bea@example.com' }),
      ]),
    ).toEqual([['1 2', '1 2 email ana@example.com']])
  })

  it('finds numbers by their digits, of mobiles too; an extension makes another number', async () => {
    expect(
      await found([
        person('1', { phone: '+1 (415) 555-2671' }),
        person('2', {}, [{ type: 'mobile', value: '+1.415.555.2671' }]),
        person('3', { phone: '+1 415 555 2671 ext. 12' }),
        person('4', { phone: '+14155552671;ext=12' }),
        person('5', { phone: '+1 415 555 2671 x13' }),
      ]),
    ).toEqual([
      ['1 2', '1 2 phone 14155552671'],
      ['3 4', '3 4 phone 14155552671;12'],
    ])
  })

  it('takes no fax, no short number and no placeholder for something that is shared', async () => {
    const fax = [{ type: 'fax', value: '+1 415 555 2671' }] as const
    expect(
      await found([
        person('1', { phone: '1234', email: 'n/a' }, fax),
        person('2', { phone: '1234', email: 'n/a' }, fax),
      ]),
    ).toEqual([])
  })

  it('guesses nothing about mailboxes and countries, unless it is told how they are spelled', async () => {
    const contacts = [
      person('1', { email: 'ana.souza+news@gmail.com', phone: '(415) 555-2671' }),
      person('2', { email: 'anasouza@gmail.com', phone: '+1 415 555 2671' }),
    ]
    expect(await found(contacts)).toEqual([])
    const canonical = (key: 'email' | 'phone', value: string): string =>
      key === 'phone'
        ? value.replace(/^\(/, '+1 (')
        : value.replace(/^(.*)@gmail\.com$/, (_, box: string) => `${box.replace(/\+.*|\./g, '')}@gmail.com`)
    expect(await found(contacts, { by: ['email'], canonical })).toEqual([
      ['1 2', '1 2 email anasouza@gmail.com'],
    ])
    expect(await found(contacts, { by: ['phone'], canonical })).toEqual([['1 2', '1 2 phone 14155552671']])
  })

  it('joins what is joined by others, with the reason of each', async () => {
    expect(
      await found([
        person('1', { name: 'Ana', email: 'a@x.test' }),
        person('2', { name: 'Bea', email: 'a@x.test', phone: '555 01 01' }),
        person('3', { name: 'Cleo', phone: '5550101' }),
      ]),
    ).toEqual([['1 2 3', '1 2 email a@x.test', '2 3 phone 5550101']])
  })

  it('counts only what it was asked for', async () => {
    const contacts = [
      person('1', { name: 'Ana Souza', email: 'a@x.test', phone: '5550101' }),
      person('2', { name: 'Ana Souza', email: 'a@x.test' }),
      person('3', { name: 'Bea Lima', phone: '5550101' }),
    ]
    expect(await found(contacts, { by: ['phone'] })).toEqual([['1 3', '1 3 phone 5550101']])
    expect(await found(contacts, { by: ['name'] })).toEqual([['1 2', '1 2 name 1.00 email a@x.test']])
  })

  it('leaves out what the provider keeps as deleted, and takes a contact that comes twice for one', async () => {
    const ana = person('1', { email: 'a@x.test', name: 'Ana Souza' })
    expect(await found([ana, person('2', { email: 'a@x.test', deleted: true }), ana])).toEqual([])
    const other = { ...ana, provider: 'other' }
    expect(await found([ana, other, ana])).toEqual([
      ['1 1', '1 1 email a@x.test', '1 1 name 1.00 email a@x.test'],
    ])
  })

  it('reads a client, a listing of it and what others make of it, and tells whether it saw all', async () => {
    const contacts = memory()
    await contacts.create({ name: 'Ana', email: 'ana@x.test' })
    await contacts.create({ name: 'Bea', email: 'ANA@x.test' })
    for (const source of [contacts, contacts.list({ pageSize: 1 })]) {
      expect(await findDuplicates(source, ALL)).toMatchObject({
        read: 2,
        complete: true,
        groups: [{ contacts: [{ name: 'Ana' }, { name: 'Bea' }] }],
      })
    }
    async function* some() {
      yield* contacts.list()
    }
    expect(await findDuplicates(some(), ALL)).toMatchObject({ read: 2, complete: undefined })
  })

  it('tells how far it is, and ends when it is told to', async () => {
    const contacts = Array.from({ length: 25_000 }, (_, i) => person(`${i}`, { email: `${i}@x.test` }))
    const progress: string[] = []
    await findDuplicates(contacts, {
      ...ALL,
      onProgress: ({ phase, read }) => progress.push(`${phase} ${read}`),
    })
    expect(progress).toEqual(['reading 10000', 'reading 20000', 'reading 25000'])

    const abort = new AbortController()
    let read = 0
    function* ending() {
      for (const contact of contacts) {
        if (++read === 100) abort.abort('enough')
        yield contact
      }
    }
    await expect(findDuplicates(ending(), { ...ALL, signal: abort.signal })).rejects.toBe('enough')
    expect(read).toBe(100)
  })

  it('lets an abort in while it reads from memory and while it compares', async () => {
    const contacts = Array.from({ length: 50_000 }, (_, i) => person(`${i}`, { email: `${i >> 1}@x.test` }))
    for (const phase of ['reading', 'comparing']) {
      const abort = new AbortController()
      const onProgress = (progress: { phase: string }): void => {
        // The abort itself comes from outside, while others have their turn.
        if (progress.phase === phase) setImmediate(() => abort.abort(phase))
      }
      const search = findDuplicates(contacts, { ...ALL, signal: abort.signal, onProgress })
      await expect(search).rejects.toBe(phase)
    }
  })

  it('refuses options that cannot work, and says which', async () => {
    const bad = { by: ['mail'], nameSimilarity: 2, maxShared: 1, canonical: 'no', scan: true }
    // Programs without types may give anything.
    const search = findDuplicates([], bad as unknown as FindDuplicatesOptions)
    const error = await search.catch((reason: unknown) => reason)
    expect(ContactsError.is(error) && [error.code, error.issues?.map(({ path }) => path)]).toEqual([
      'invalid_input',
      ['scan', 'by', 'nameSimilarity', 'maxShared', 'canonical'],
    ])
  })
})
