import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { deferred, settle } from '../paging/testing/deferred.ts'
import { failOnUnhandledRejections } from '../paging/testing/unhandled.ts'
import { createContacts } from './create-contacts.ts'
import { byExternalId, codes, named } from './testing/batch-items.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { people, scanningClient } from './testing/clients.ts'
import { type FakeCall, fakeAdapter } from './testing/fake-adapter.ts'

failOnUnhandledRejections()

describe('emulated batches', () => {
  it('read the listing once for all their items, not once an item', async () => {
    const upserting = scanningClient()
    await upserting.contacts.upsertMany(named(20), byExternalId)
    expect(upserting.methods().filter((method) => method === 'list')).toHaveLength(2)
    const deleting = scanningClient()
    const refs = ['user-1', 'user-2', 'user-3'].map((externalId) => ({ externalId }))
    await deleting.contacts.deleteMany(refs, { scan: true })
    expect(deleting.methods().filter((method) => method === 'list')).toHaveLength(2)
    const updating = scanningClient()
    const items = refs.map((ref) => ({ ref, patch: { nickname: 'n' } }))
    await updating.contacts.updateMany(items, { scan: true })
    expect(updating.methods().filter((method) => method === 'list')).toHaveLength(2)
    expect(updating.methods().filter((method) => method === 'update')).toHaveLength(3)
  })

  it('read it again when it failed', async () => {
    let listings = 0
    const before = ({ method }: FakeCall): void => {
      if (method === 'list' && ++listings === 1) throw new ContactsError({ code: 'network', message: 'Cut.' })
    }
    const { contacts } = scanningClient({ before })
    const { succeeded, failed } = await contacts.upsertMany(named(3), { ...byExternalId, concurrency: 1 })
    expect(codes(failed)).toEqual(['0: network'])
    expect(succeeded.map(({ index }) => index)).toEqual([1, 2])
  })

  it('wait for their turn with one key, so that none is created twice', async () => {
    const gates: { readonly method: string; open(): void }[] = []
    const before = async ({ method }: FakeCall): Promise<void> => {
      if (method === 'list' || method === 'get') return
      const gate = deferred()
      gates.push({ method, open: gate.resolve })
      await gate.promise
    }
    const { contacts, stored } = scanningClient({ contacts: [], before })
    const items = ['first', 'second', 'third'].map((name) => ({ externalId: 'x', name }))
    const run = contacts.upsertMany(items, byExternalId).then((totals) => totals)
    for (const expected of ['create', 'update', 'update']) {
      await settle()
      expect(gates.map(({ method }) => method)).toEqual([expected])
      gates.shift()?.open()
    }
    expect((await run).succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'updated', 'updated'])
    expect([...stored.values()].map(({ name }) => name)).toEqual(['third'])
  })

  it('make the changes of one contact in order', async () => {
    const gate = deferred()
    let isFirst = true
    const before = async ({ method }: FakeCall): Promise<void> => {
      if (method !== 'update' || !isFirst) return
      isFirst = false
      await gate.promise
    }
    const { contacts, stored } = scanningClient({ before })
    const items = ['one', 'two'].map((nickname) => ({ ref: 'c1', patch: { nickname } }))
    const run = contacts.updateMany(items).then((totals) => totals)
    await settle()
    gate.resolve()
    expect((await run).failed).toEqual([])
    expect(stored.get('c1')?.nickname).toBe('two')
  })

  it('refuse to choose among several with one key', async () => {
    const { contacts } = scanningClient()
    const upserts = await contacts.upsertMany([{ email: 'bob@example.com', name: 'B' }], {
      by: 'email',
      scan: true,
    })
    expect(codes(upserts.failed)).toEqual(['0: ambiguous'])
    const deletes = await contacts.deleteMany([{ email: 'bob@example.com' }, { email: 'no@example.com' }], {
      scan: true,
    })
    expect(codes(deletes.failed)).toEqual(['0: ambiguous', '1: not_found'])
  })

  it('want a scan asked for, item by item', async () => {
    const { contacts, calls } = scanningClient()
    const ref = { externalId: 'user-1' }
    // @ts-expect-error without `scan` it does not compile
    expect(codes((await contacts.deleteMany([ref])).failed)).toEqual(['0: unsupported'])
    // @ts-expect-error without `scan` it does not compile
    const updates = await contacts.updateMany([{ ref, patch: { name: 'A' } }])
    expect(codes(updates.failed)).toEqual(['0: unsupported'])
    // @ts-expect-error without `scan` it does not compile
    const upserts = await contacts.upsertMany([ref], { by: 'externalId' })
    expect(codes(upserts.failed)).toEqual(['0: unsupported'])
    expect(calls).toEqual([])
  })

  it('scan item by item where there is no lookup by id to go on from', async () => {
    const { list, create, update, upsert, upsertMany } = scanCapabilities
    const contacts = createContacts(
      fakeAdapter({ list, create, update, upsert, upsertMany }, { contacts: people }),
    )
    const items = [{ externalId: 'user-1', name: 'A' }, { externalId: 'user-9' }]
    const { succeeded, failed } = await contacts.upsertMany(items, byExternalId)
    expect(failed).toEqual([])
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['updated', 'created'])
  })

  it('create again what was deleted since the listing was read', async () => {
    const { contacts, stored } = scanningClient({
      before({ method }) {
        if (method === 'get') stored.delete('c1')
      },
    })
    const { succeeded } = await contacts.upsertMany([{ externalId: 'user-1', name: 'Ana' }], byExternalId)
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created'])
  })

  it('have as many items under way as the client or the call allows', async () => {
    const countMost = async (policy: number | undefined, call: number | undefined): Promise<number> => {
      let [underWay, most] = [0, 0]
      const before = async (): Promise<void> => {
        most = Math.max(most, ++underWay)
        await settle()
        underWay--
      }
      const { contacts } = scanningClient({ contacts: [], before }, { concurrency: policy })
      await contacts.createMany(named(20), { concurrency: call })
      return most
    }
    expect(await countMost(undefined, undefined)).toBe(4)
    expect(await countMost(2, undefined)).toBe(2)
    expect(await countMost(2, 7)).toBe(7)
  })
})
