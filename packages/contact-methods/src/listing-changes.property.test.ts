import { type Contact, ContactsError } from '@anycontact/core'
import type { ContactMethodsSeed } from '@anycontact/emulator'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, uuid } from './testing/scattered.ts'
import { type Setup, setup } from './testing/setup.ts'

type Fetch = Setup['vendor']['fetch']
type Options = NonNullable<Parameters<typeof setup>[0]>

const BY_CLIENT = [{ field: 'clientId', direction: 'asc' }]

/** Methods of a few clients, many of them made at the same time. */
const methods = fc
  .array(fc.record({ client: fc.nat({ max: 25 }), time: fc.nat({ max: 6 }) }), {
    minLength: 15,
    maxLength: 60,
  })
  .map((all) => all.map(({ client, time }) => methodOf(client, time)))
const most = fc.integer({ min: 1, max: 12 })
const sizes = fc.option(fc.integer({ min: 1, max: 7 }), { nil: undefined })

function methodOf(client: number, time: number): ContactMethodsSeed {
  return { clientId: uuid(client), type: 'fax', value: 'x', createdAt: at(time) }
}

/** How many methods each client has. */
function counted(clientIds: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const id of clientIds) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** The vendor's pages made small, so that a small account has many. */
function bySmallPages(fetch: Fetch, limit: number): Fetch {
  return (url, init) => {
    const { body, ...rest } = init ?? {}
    if (!String(url).endsWith('/list')) return fetch(String(url).replace('limit=200', `limit=${limit}`), init)
    return fetch(url, { ...rest, body: JSON.stringify({ ...JSON.parse(String(body)), limit }) })
  }
}

/** Reads everything, each page in a client of its own: as a program does that hands its cursors on. */
async function handedOn(options: Options, pageSize: number | undefined): Promise<Contact[]> {
  const all: Contact[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await setup(options).contacts.list({ pageSize, cursor })
    all.push(...page.items)
    if (page.nextCursor === undefined) return all
    cursor = page.nextCursor
  }
}

describe.each([
  ['sorted by client', { sortedByClient: BY_CLIENT }, {}],
  ['newest first', {}, {}],
  ['oldest first', {}, { defaultOrder: 'oldest' }],
] as const)('a listing that comes %s', (_, options, switches) => {
  const change = fc.record({
    after: fc.nat({ max: 8 }),
    isNew: fc.boolean(),
    which: fc.nat({ max: 200 }),
  })

  it('gives once, and whole, whoever does not change while others come and go', async () => {
    // No more at once than a page of methods has, of which its last nine are noted.
    const changes = fc.array(change, { minLength: 4, maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(
        methods,
        fc.integer({ min: 9, max: 14 }),
        sizes,
        fc.boolean(),
        changes,
        async (seeds, limit, pageSize, isHandedOn, all) => {
          const { vendor, contacts: others } = setup({}, switches)
          vendor.seed(seeds)
          const before = counted(vendor.contactMethods.map(({ clientId }) => clientId))
          const touched = new Set<string>()
          let requests = 0
          // Answers come at the same time: each change is made by the first of them.
          const left = new Set(all)
          const pages = bySmallPages(vendor.fetch, limit)
          const fetch: Fetch = async (url, init) => {
            const answer = await pages(url, init)
            for (const change of left) {
              const { after, isNew, which } = change
              if (after > requests) continue
              left.delete(change)
              const there = vendor.contactMethods[which % Math.max(1, vendor.contactMethods.length)]
              const changed = isNew ? uuid(which % 40) : there?.clientId
              if (changed !== undefined) touched.add(changed)
              if (isNew) vendor.seed([methodOf(which % 40, 10 + requests)])
              // Another answer's change may be deleting the same one.
              else if (there) await others.api.contactMethods.delete(there.id).catch(() => {})
            }
            requests++
            return answer
          }
          const given = isHandedOn
            ? await handedOn({ ...options, fetch }, pageSize)
            : await setup({ ...options, fetch })
                .contacts.list({ pageSize })
                .toArray()
          const stayed = ([id]: readonly [string, unknown]): boolean => !touched.has(id)
          const came = given.map(({ id, contactMethods }) => [id, contactMethods?.length] as const)
          expect(came.filter(stayed).toSorted()).toEqual([...before].filter(stayed).toSorted())
        },
      ),
      { numRuns: 60 },
    )
  })
})

it('an account that is said to be sorted and is not is noticed, or nothing is missing', async () => {
  await fc.assert(
    fc.asyncProperty(methods, most, sizes, fc.boolean(), async (seeds, limit, pageSize, isHandedOn) => {
      const { vendor } = setup({}, { defaultOrder: 'oldest' })
      vendor.seed(seeds)
      const options = { sortedByClient: true, fetch: bySmallPages(vendor.fetch, limit) }
      const reading = isHandedOn
        ? handedOn(options, pageSize)
        : setup(options).contacts.list({ pageSize }).toArray()
      const given = await reading.catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'bad_response' })
        expect(ContactsError.is(error) && error.message).toContain('sortedByClient')
      })
      if (given === undefined) return
      const came = given.map(({ id, contactMethods }) => [id, contactMethods?.length])
      expect(came).toEqual([...counted(seeds.map(({ clientId }) => clientId))].toSorted())
    }),
    { numRuns: 150 },
  )
})
