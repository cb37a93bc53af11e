import type { Contact } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findDuplicates } from './find-duplicates.ts'
import { person } from './testing/people.ts'

const oneOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values)

const people = fc
  .array(
    fc.record({
      name: oneOf(undefined, 'Ana Souza', 'Souza Ana', 'Mariana Souza', 'Mariano Souza', 'Bea', 'Bea Ana'),
      email: oneOf(
        undefined,
        'a@acme.test',
        'A@acme.test',
        'b@acme.test',
        'c@gmail.com',
        'd@gmail.com',
        'e@b.test',
      ),
      phone: oneOf(undefined, '5550101', '555 01 01', '5550101 x1', '+15550101'),
      other: oneOf(undefined, 'b@acme.test', 'f@b.test'),
    }),
    { maxLength: 12 },
  )
  .map((drafts) =>
    drafts.map(({ name, email, phone, other }, place) =>
      person(
        String(place),
        {
          ...(name !== undefined && { name }),
          ...(email !== undefined && { email }),
          ...(phone !== undefined && { phone }),
        },
        other === undefined ? [] : [{ type: 'email', value: other }],
      ),
    ),
  )

const keysOf = (contact: Contact): string[] =>
  contact.contactMethods.map(({ type, value }) =>
    type === 'email' ? keyForm('email', value) : keyForm('phone', value),
  )

const search = { by: ['email', 'phone', 'name'], maxShared: 4 } as const

describe('findDuplicates, whatever the contacts', () => {
  it('finds the same in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        people.chain((contacts) =>
          fc.tuple(fc.constant(contacts), fc.shuffledSubarray(contacts, { minLength: contacts.length })),
        ),
        async ([contacts, shuffled]) => {
          expect(await findDuplicates(shuffled, search)).toEqual(await findDuplicates(contacts, search))
        },
      ),
    )
  })

  it('finds exactly those that share a key, where it is asked for keys alone', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (contacts) => {
        const { groups } = await findDuplicates(contacts, { by: ['email', 'phone'] })
        const groupOf = new Map(groups.flatMap((group) => group.contacts.map(({ id }) => [id, group])))
        for (const one of contacts) {
          const sharing = contacts.filter(
            (other) => other !== one && keysOf(other).some((key) => keysOf(one).includes(key)),
          )
          expect(groupOf.has(one.id)).toBe(sharing.length > 0)
          for (const { id } of sharing) expect(groupOf.get(id)).toBe(groupOf.get(one.id))
        }
      }),
    )
  })

  it('never joins by a name alone, and gives a true reason for all it joins', async () => {
    await fc.assert(
      fc.asyncProperty(people, async (contacts) => {
        const { groups } = await findDuplicates(contacts, search)
        const seen = groups.flatMap((group) => group.contacts.map(({ id }) => id))
        expect(new Set(seen).size).toBe(seen.length)
        const byId = new Map(contacts.map((contact) => [contact.id, contact]))
        for (const group of groups) {
          const [first] = group.contacts
          const reached = new Set(first && [first.id])
          for (let grown = -1; grown !== reached.size; ) {
            grown = reached.size
            for (const reason of group.reasons) {
              const ids = reason.contacts.map(({ id }) => id)
              if (ids.some((id) => reached.has(id))) for (const id of ids) reached.add(id)
            }
          }
          expect([...reached].sort()).toEqual(group.contacts.map(({ id }) => id).sort())
          for (const reason of group.reasons) {
            expect(reason.contacts.length).toBeGreaterThan(1)
            for (const { id } of reason.contacts) {
              const keys = keysOf(byId.get(id) ?? person('none'))
              const share = reason.why === 'name' ? reason.within : reason.why
              if (share !== 'domain') expect(keys).toContain(reason.detail)
              else {
                const [domain = ''] = reason.detail.split(' ')
                expect(domain).not.toBe('gmail.com')
                expect(keys.some((key) => key.endsWith(`@${domain}`))).toBe(true)
              }
            }
          }
        }
      }),
    )
  })

  it('leaves alone who shares nothing but a name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 2 }), async (names) => {
        const contacts = names.flatMap((name, place) => [
          person(`${place}a`, { name, email: `${place}a@${place}a.test` }),
          person(`${place}b`, { name, email: `${place}b@gmail.com` }),
          person(`${place}c`, { name }),
        ])
        expect((await findDuplicates(contacts, search)).groups).toEqual([])
      }),
    )
  })
})
