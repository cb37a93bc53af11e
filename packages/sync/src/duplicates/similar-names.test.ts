import { describe, expect, it } from 'vitest'
import { findDuplicates } from './find-duplicates.ts'
import { person } from './testing/people.ts'

const pairs = async (...given: Parameters<typeof findDuplicates>): Promise<string[]> => {
  const { groups } = await findDuplicates(...given)
  return groups.flatMap(({ reasons }) =>
    reasons.map(({ contacts, detail }) => `${contacts.map(({ id }) => id).join(' ')}: ${detail}`),
  )
}

const BY_NAME = { by: ['name'] } as const

describe('names that are like each other', () => {
  it('count among contacts of a domain with the same surname, in any order of the words', async () => {
    const contacts = [
      person('1', { name: 'Mariana Souza', email: 'mariana@acme.test' }),
      person('2', { name: 'Mariano Souza', email: 'm.souza@acme.test' }),
      person('3', { name: 'Souza Mariana', email: 'info@acme.test' }),
      person('4', { name: 'Mariana Souza', email: 'mariana@other.test' }),
    ]
    expect(await pairs(contacts, BY_NAME)).toEqual(['1 2: acme.test souza', '1 3: acme.test mariana'])
  })

  it('do not count where only a given name is shared, or a name is one word', async () => {
    const contacts = [
      person('1', { name: 'Maximiliana Souza', email: 'a@acme.test' }),
      person('2', { name: 'Maximiliana Sousa', email: 'b@acme.test' }),
      person('3', { name: 'Support', email: 'c@acme.test' }),
      person('4', { name: 'Support', email: 'd@acme.test' }),
    ]
    expect(await pairs(contacts, BY_NAME)).toEqual([])
  })

  it('do not count by a domain at which anybody can have an address', async () => {
    const contacts = [
      person('1', { name: 'Ana Souza', email: 'a@gmail.com' }),
      person('2', { name: 'Ana Souza', email: 'b@gmail.com' }),
      person('3', { name: 'Bea Lima', email: 'c@mail.example' }),
      person('4', { name: 'Bea Lima', email: 'd@mail.example' }),
    ]
    expect(await pairs(contacts, BY_NAME)).toEqual(['3 4: mail.example lima'])
    expect(await pairs(contacts, { ...BY_NAME, publicDomains: ['Mail.example'] })).toEqual([])
  })

  it('count among contacts that share a number or an address', async () => {
    const contacts = [
      person('1', { name: 'Theodora', phone: '5550101' }),
      person('2', { name: 'Theodora', phone: '555-0101' }),
      person('3', { name: 'Bertrand', phone: '5550101' }),
      person('4', { name: 'Theodora', phone: '5550102' }),
    ]
    expect(await pairs(contacts, BY_NAME)).toEqual(['1 2: 5550101'])
  })

  it('are one reason, however many things two contacts share', async () => {
    const contacts = ['1', '2'].map((id) =>
      person(id, { name: 'Ana Souza', email: 'a@acme.test', phone: '5550101' }, [
        { type: 'email', value: 'b@acme.test' },
      ]),
    )
    const { groups } = await findDuplicates(contacts, BY_NAME)
    expect(groups).toMatchObject([{ reasons: [{ why: 'name', within: 'email', detail: 'a@acme.test' }] }])
    expect(groups[0]?.reasons).toHaveLength(1)
  })
})

describe('what many share', () => {
  const scattered = (i: number): string => Math.imul(i + 1, 2_654_435_761).toString(36)
  const switchboard = Array.from({ length: 5_000 }, (_, i) =>
    person(`p${String(i).padStart(4, '0')}`, {
      name: `${scattered(i)} ${scattered(i + 7_000)}`,
      phone: '+1 800 555 0100',
    }),
  )

  it('joins nobody, is told, and does not hide those in it who have the same name', async () => {
    const contacts = [
      ...switchboard,
      person('q1', { name: 'Ana Souza', phone: '+18005550100' }),
      person('q2', { name: 'Souza, Ana', phone: '+18005550100' }),
    ]
    const { groups, crowds } = await findDuplicates(contacts, { by: ['phone', 'name'] })
    expect(groups.map((group) => group.contacts.map(({ id }) => id))).toEqual([['q1', 'q2']])
    expect(crowds).toMatchObject([{ share: 'phone', detail: '18005550100', names: 'some' }])
    expect(crowds[0]?.contacts).toHaveLength(5_002)
  })

  it('is told without names where they are not asked for', async () => {
    const { groups, crowds } = await findDuplicates(switchboard, { by: ['phone'] })
    expect(groups).toEqual([])
    expect(crowds).toMatchObject([{ share: 'phone', names: 'none' }])
  })

  it('joins them where it is allowed to, in one reason and not in twelve million', async () => {
    const { groups, crowds } = await findDuplicates(switchboard, { by: ['phone'], maxShared: 5_000 })
    expect(groups.map(({ contacts, reasons }) => [contacts.length, reasons.length])).toEqual([[5_000, 1]])
    expect(crowds).toEqual([])
  })

  it('is told in the same order in which ever order it comes, the largest first', async () => {
    const sharing = (mail: string, count: number) =>
      Array.from({ length: count }, (_, i) => person(`${mail}${i}`, { email: `${mail}@acme.test` }))
    const contacts = [...sharing('b', 3), ...sharing('a', 3), ...sharing('c', 4)]
    const { crowds } = await findDuplicates(contacts, { by: ['email'], maxShared: 2 })
    expect(crowds.map(({ detail }) => detail)).toEqual(['c@acme.test', 'a@acme.test', 'b@acme.test'])
  })

  it('does not make names compared without end: in the largest crowds they are not', async () => {
    const twice = Array.from({ length: 10_002 }, (_, i) =>
      person(`${i}`, { name: `Ana Souza ${i >> 1}`, phone: '00000000' }),
    )
    const { groups, crowds } = await findDuplicates(twice, { by: ['phone', 'name'] })
    expect(groups).toEqual([])
    expect(crowds).toMatchObject([{ names: 'none' }])
  })

  it('is as large as it is said to be: 25 are joined, 26 are not', async () => {
    const sharing = (count: number) =>
      Array.from({ length: count }, (_, i) => person(`${i}`, { email: 'info@acme.test' }))
    expect((await findDuplicates(sharing(25), { by: ['email'] })).groups).toHaveLength(1)
    expect(await findDuplicates(sharing(26), { by: ['email'] })).toMatchObject({
      groups: [],
      crowds: [{ share: 'email', detail: 'info@acme.test' }],
    })
  })
})
