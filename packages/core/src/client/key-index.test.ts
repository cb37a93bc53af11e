import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import type { ContactInput } from '../model/input.ts'
import { upsertMany } from './batches.ts'
import { createContacts } from './create-contacts.ts'
import { createRuntime } from './runtime.ts'
import { scanCapabilities } from './testing/capabilities.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'

/** A client that must read the listing to find an email, and what its provider stores. */
function scanning(names: readonly string[] = []) {
  const adapter = fakeAdapter(scanCapabilities)
  const contacts = createContacts(adapter)
  const stored = () => [...adapter.api.contacts.values()].map(({ email, name }) => `${email} ${name}`).sort()
  const seed = async () => {
    for (const name of names) await contacts.create({ email: `${name}@x.com`, name })
  }
  return { adapter, contacts, stored, seed }
}

const once = { concurrency: 1, scan: true } as const

describe('what a batch knows of the listing', () => {
  it('is read anew after a create whose answer was lost', async () => {
    const { adapter, stored } = scanning()
    const { create } = adapter
    let creates = 0
    const losing = createContacts({
      ...adapter,
      create: async (input: ContactInput, context: Parameters<NonNullable<typeof create>>[1]) => {
        const contact = await create?.(input as never, context)
        if (++creates > 1) return contact
        throw new ContactsError({ code: 'network', message: 'Cut.', applied: 'unknown' })
      },
    } as typeof adapter)
    const same = { email: 'a@x.com', name: 'Ana' }
    const { succeeded, failed } = await losing.upsertMany([same, same], { by: 'email', ...once })
    expect(failed.map(({ index, error }) => [index, error.applied])).toEqual([[0, 'unknown']])
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['unchanged'])
    expect(stored()).toEqual(['a@x.com Ana'])
  })

  it('has what single calls of the client write meanwhile', async () => {
    const { contacts, stored } = scanning()
    async function* items(): AsyncGenerator<{ email: string; name: string }> {
      yield { email: 'a@x.com', name: 'Ana' }
      await contacts.upsert({ email: 'b@x.com', name: 'Bo' }, { by: 'email', scan: true })
      yield { email: 'b@x.com', name: 'Bob' }
    }
    const { succeeded } = await contacts.upsertMany(items(), { by: 'email', ...once })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'updated'])
    expect(stored()).toEqual(['a@x.com Ana', 'b@x.com Bob'])
  })

  it('keeps what the client writes while the listing is read', async () => {
    const { adapter, contacts, seed, stored } = scanning(['old'])
    await seed()
    const { list } = adapter
    const slow = createContacts({
      ...adapter,
      list: async (...given: Parameters<NonNullable<typeof list>>) => {
        const page = await list?.(...given)
        // The page was made before, and is read after.
        await slow.update('c1', { email: 'new@x.com' })
        return page
      },
    } as typeof adapter)
    const { succeeded } = await slow.upsertMany([{ email: 'new@x.com', name: 'New' }], {
      by: 'email',
      ...once,
    })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['updated'])
    expect(stored()).toEqual(['new@x.com New'])
    expect(await contacts.list().toArray()).toHaveLength(1)
  })

  it('follows a contact whose key the batch itself changes', async () => {
    const { contacts, seed, stored } = scanning(['old'])
    await seed()
    const { failed } = await contacts.updateMany(
      [
        { ref: { email: 'old@x.com' }, patch: { email: 'new@x.com' } },
        { ref: { email: 'new@x.com' }, patch: { name: 'New' } },
        { ref: { email: 'old@x.com' }, patch: { name: 'Wrong' } },
      ],
      once,
    )
    expect(failed.map(({ index, error }) => [index, error.code])).toEqual([[2, 'not_found']])
    expect(stored()).toEqual(['new@x.com New'])
  })

  it('forgets a contact whose key the batch clears, and who is left of several', async () => {
    const { contacts, seed, stored } = scanning(['a'])
    await seed()
    await contacts.create({ email: 'two@x.com', name: 'One' })
    await contacts.create({ email: 'two@x.com', name: 'Two' })
    const { failed } = await contacts.updateMany(
      [
        { ref: { email: 'a@x.com' }, patch: { email: null } },
        { ref: { email: 'a@x.com' }, patch: { name: 'Wrong' } },
        { ref: { email: 'two@x.com' }, patch: { name: 'Either' } },
        { ref: 'c2', patch: { email: 'one@x.com' } },
        { ref: { email: 'two@x.com' }, patch: { name: 'Left' } },
      ],
      once,
    )
    expect(failed.map(({ index, error }) => [index, error.code])).toEqual([
      [1, 'not_found'],
      [2, 'ambiguous'],
    ])
    expect(stored()).toEqual(['one@x.com One', 'two@x.com Left', 'undefined a'])
  })

  it('leads an upsert to no contact that has another key by now', async () => {
    const { adapter, contacts, seed, stored } = scanning(['old'])
    await seed()
    async function* items(): AsyncGenerator<{ email: string; name: string }> {
      yield { email: 'first@x.com', name: 'First' }
      // Somebody else moves the contact.
      for (const [id, contact] of adapter.api.contacts) {
        if (contact.email === 'old@x.com') adapter.api.contacts.set(id, { ...contact, email: 'moved@x.com' })
      }
      yield { email: 'old@x.com', name: 'Somebody else' }
    }
    const { succeeded } = await contacts.upsertMany(items(), { by: 'email', ...once })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['created', 'created'])
    expect(stored()).toEqual(['first@x.com First', 'moved@x.com old', 'old@x.com Somebody else'])
  })

  it('is let go with the batch', async () => {
    const runtime = createRuntime(fakeAdapter(scanCapabilities), {})
    let underWay = 0
    const onProgress = (): void => {
      underWay = runtime.indexes.size
    }
    await upsertMany(runtime, [{ email: 'a@x.com' }], { by: 'email', onProgress, ...once })
    expect([underWay, runtime.indexes.size]).toEqual([1, 0])
  })
})
