import type { Contact } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { findDuplicates } from './find-duplicates.ts'
import { person } from './testing/people.ts'

const COUNT = 100_000
const GIVEN = ['Ana', 'João', 'Maria', 'Peter', 'Łukasz', 'Zoë', 'Mohammed', 'Priya'] as const

/** Every fiftieth contact has the address of the one before, in capitals; every fifth one the number of a switchboard. */
function* people(): Generator<Contact> {
  for (let i = 0; i < COUNT; i++) {
    const isTwin = i % 50 === 49
    const at = isTwin ? i - 1 : i
    const box = isTwin ? `USER.${at}` : `user.${at}`
    yield person(`c${i}`, {
      name: `${GIVEN[at % GIVEN.length]} ${Math.imul(at, 2_654_435_761).toString(36)}`,
      email: `${box}@${at % 3 === 0 ? 'gmail.com' : `company${at % 2_000}.example`}`,
      phone: i % 5 === 0 ? '+1 800 555 0100' : `+1 415 ${1_000_000 + i}`,
    })
  }
}

describe('a hundred thousand contacts', () => {
  // A million take some seven seconds and 430 bytes each on one core; what grows with the pairs of a switchboard would not end.
  it('are looked through in seconds, a switchboard of twenty thousand included', async () => {
    const { read, groups, crowds } = await findDuplicates(people(), { by: ['email', 'phone', 'name'] })
    expect(read).toBe(COUNT)
    const twins = groups.filter(({ reasons }) => reasons.some(({ why }) => why === 'email'))
    expect(twins).toHaveLength(COUNT / 50)
    expect(groups.every(({ contacts }) => contacts.length < 5)).toBe(true)
    expect(crowds.map(({ detail, contacts, names }) => [detail, contacts.length, names])).toEqual([
      ['18005550100', COUNT / 5, 'none'],
    ])
  })
})
