import { describe, expect, it } from 'vitest'
import type { ContactsWarning } from '../adapter/context.ts'
import { createTestClock, failure } from '../adapter-kit/test-clock.ts'
import { ContactsError } from '../errors.ts'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import { ana, people, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'
import { applyWrite } from './testing/fake-contacts.ts'
import { groupedAdapter } from './testing/grouped-adapter.ts'

describe('one deadline for everything in a call', () => {
  const slow = (deadlineMs?: number) => {
    const clock = createTestClock()
    const before = (): Promise<void> => clock.sleep(700)
    const adapter = fakeAdapter(scanCapabilities, { contacts: people, before, pageSize: 1 })
    return { clock, contacts: createContacts(adapter, { clock, deadlineMs }), calls: adapter.api.calls }
  }

  it('ends a lookup and a write of one emulated upsert', async () => {
    const { clock, contacts, calls } = slow(1_000)
    const start = clock.now()
    const upsert = contacts.upsert({ externalId: 'user-9' }, { by: 'externalId', scan: true })
    const error = await clock.settle(failure(upsert))
    expect(error).toMatchObject({ code: 'timeout', operation: 'upsert', applied: 'no', retryable: true })
    expect(clock.now() - start).toBe(1_000)
    await clock.advance(10_000)
    expect(calls.map(({ method }) => method)).not.toContain('create')
  })

  it('can be said of one call', async () => {
    const { clock, contacts } = slow()
    const get = contacts.get({ externalId: 'user-3' }, { scan: true, deadlineMs: 800 })
    expect(await clock.settle(failure(get))).toMatchObject({ code: 'timeout', operation: 'get' })
  })

  it('counts for each page of a listing, not for the whole', async () => {
    const { clock, contacts } = slow(1_000)
    expect(await clock.settle(contacts.list().toArray())).toHaveLength(3)
  })

  it('counts for each item of a batch, not for the whole', async () => {
    const { clock, contacts } = slow(1_000)
    const run = contacts.createMany([{ name: 'a' }, { name: 'b' }, { name: 'c' }], { concurrency: 1 })
    const { succeeded } = await clock.settle(Promise.resolve(run))
    expect(succeeded).toHaveLength(3)
    const late = contacts.createMany([{ name: 'd' }, { name: 'e' }], { deadlineMs: 500 })
    const { failed } = await clock.settle(Promise.resolve(late))
    expect(failed.map(({ error }) => error.code)).toEqual(['timeout', 'timeout'])
  })

  it('counts while a call waits for another of the same key', async () => {
    const { clock, contacts } = slow(3_000)
    const first = contacts.upsert({ externalId: 'x' }, { by: 'externalId', scan: true })
    const second = failure(
      contacts.upsert({ externalId: 'x' }, { by: 'externalId', scan: true, deadlineMs: 100 }),
    )
    expect(await clock.settle(second)).toMatchObject({ code: 'timeout' })
    expect((await clock.settle(first)).outcome).toBe('created')
  })
})

describe('concurrent upserts of one key', () => {
  it('make one contact, single calls and batches alike', async () => {
    const { contacts, stored } = scanningClient({ contacts: [] })
    const options = { by: 'externalId', scan: true } as const
    const [a, b, batch] = await Promise.all([
      contacts.upsert({ externalId: 'x', name: 'One' }, options),
      contacts.upsert({ externalId: 'x', name: 'Two' }, options),
      contacts.upsertMany([{ externalId: 'x', nickname: 'n' }], options).then((totals) => totals),
    ])
    expect(stored.size).toBe(1)
    expect([a.outcome, b.outcome, batch.succeeded[0]?.outcome]).toEqual(['created', 'updated', 'updated'])
  })

  it('take addresses that differ in case for one', async () => {
    const { contacts, stored } = scanningClient({ contacts: [] })
    const items = [{ email: 'Ana@Example.com' }, { email: 'ana@example.com' }]
    await contacts.upsertMany(items, { by: 'email', scan: true })
    expect(stored.size).toBe(1)
  })
})

describe('an answer about another record', () => {
  const answering = (contact: typeof ana) => {
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    return createContacts({ ...adapter, get: async () => contact, update: async () => contact })
  }

  it('is refused, for reads and updates', async () => {
    const contacts = answering({ ...ana, id: 'c7' })
    expect(await contactsErrorOf(() => contacts.get('c1'))).toMatchObject({ code: 'bad_response' })
    expect(await contactsErrorOf(() => contacts.update('c1', { name: 'B' }))).toMatchObject({
      code: 'bad_response',
    })
    expect(await contactsErrorOf(() => contacts.get({ externalId: 'user-8' }))).toMatchObject({
      code: 'bad_response',
    })
  })

  it('whose key differs only in case is nobody, and is not written to', async () => {
    const contacts = answering(ana)
    expect(await contacts.find({ externalId: 'USER-1' })).toBeUndefined()
    const { upsert: _native, ...rest } = fakeAdapter(nativeCapabilities, { contacts: people })
    const capabilities = {
      ...nativeCapabilities,
      upsert: { ...nativeCapabilities.upsert, mode: 'emulated' },
    } as const
    const folding = createContacts({ ...rest, capabilities, get: async () => ana })
    const error = await contactsErrorOf(() =>
      folding.upsert({ externalId: 'user-1 ', name: 'Bo' }, { by: 'externalId' }),
    )
    expect(error).toMatchObject({ code: 'conflict', applied: 'no' })
    expect(rest.api.contacts.get('c1')?.name).toBe('Ana')
  })
})

describe('a field that the provider does not keep', () => {
  /** A provider that passes over nicknames, shortens names to ten letters and writes tags in small letters. */
  const lossy = (warnings: ContactsWarning[] = [], unsupportedFields: 'throw' | 'drop' = 'throw') => {
    const adapter = fakeAdapter(scanCapabilities, { contacts: people })
    const keep = <W extends { nickname?: unknown; name?: unknown }>({ nickname: _lost, ...write }: W) => ({
      ...write,
      ...(typeof write.name === 'string' && { name: write.name.slice(0, 10) }),
    })
    const { create, update } = adapter
    return {
      stored: adapter.api.contacts,
      calls: adapter.api.calls,
      contacts: createContacts(
        {
          ...adapter,
          ...(create && { create: (input, context) => create(keep(input), context) }),
          ...(update && { update: (ref, patch, context) => update(ref, keep(patch), context) }),
        } as typeof adapter,
        { onWarning: (warning) => warnings.push(warning), unsupportedFields },
      ),
    }
  }

  it('is an error that says that the rest is in force, and names the contact', async () => {
    const { contacts, stored } = lossy()
    const error = await contactsErrorOf(() => contacts.create({ name: 'Cleo', nickname: 'c' }))
    expect(error).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'nickname' }],
    })
    expect(error.message).toContain('id c4')
    expect(stored.get('c4')?.name).toBe('Cleo')
  })

  it('is an error when only its beginning was kept, or the old value', async () => {
    const { contacts } = lossy()
    const cut = await contactsErrorOf(() => contacts.create({ name: 'Bartholomew the Second' }))
    expect(cut.issues?.[0]?.message).toMatch(/only the beginning/)
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    const ignoring = createContacts({ ...adapter, update: async () => ana })
    // By a bare id nobody knows the old value: it is another one than was written all the same.
    const other = await contactsErrorOf(() => ignoring.update('c1', { name: 'Beatriz' }))
    expect(other).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    const old = await contactsErrorOf(() => ignoring.update(ana, { name: 'Beatriz' }))
    expect(old).toMatchObject({ code: 'unsupported_field', applied: 'yes' })
    expect(old.issues?.[0]?.message).toMatch(/kept the old value/)
  })

  it('is a warning where the client was told to go on', async () => {
    const warnings: ContactsWarning[] = []
    const { contacts } = lossy(warnings, 'drop')
    await contacts.create({ name: 'Cleo', nickname: 'c' })
    expect(warnings).toMatchObject([{ code: 'unsupported_field', field: 'nickname', operation: 'create' }])
  })

  it('is refused for the later items of a batch before they are sent', async () => {
    const { contacts, calls } = lossy()
    const items = ['a', 'b', 'c'].map((nickname) => ({ name: nickname, nickname }))
    const { failed } = await contacts.createMany(items, { concurrency: 1 })
    expect(failed.map(({ error }) => error.applied)).toEqual(['yes', 'no', 'no'])
    expect(calls.filter(({ method }) => method === 'create')).toHaveLength(1)
  })

  it('is a warning when it is only spelled another way', async () => {
    const warnings: ContactsWarning[] = []
    const adapter = fakeAdapter(scanCapabilities, { contacts: people })
    const { update } = adapter
    const contacts = createContacts(
      {
        ...adapter,
        ...(update && {
          update: async (ref, patch, context) =>
            applyWrite(await update(ref, patch, context), { name: 'BO' }),
        }),
      } as typeof adapter,
      { onWarning: (warning) => warnings.push(warning) },
    )
    expect((await contacts.update('c1', { name: 'Bo' })).name).toBe('BO')
    expect(warnings).toMatchObject([{ code: 'rewritten_field', field: 'name' }])
  })

  it('is read once more where a read alone can tell, and an old value is then unconfirmed', async () => {
    const warnings: ContactsWarning[] = []
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    const reads: string[] = []
    const lagging = createContacts(
      {
        ...adapter,
        writesAnswer: 'id',
        update: async () => ana,
        get: async ({ value }) => {
          reads.push(value)
          return ana
        },
      },
      { onWarning: (warning) => warnings.push(warning) },
    )
    await lagging.update(ana, { name: 'Beatriz' })
    expect(reads).toEqual(['c1'])
    expect(warnings).toMatchObject([{ code: 'unconfirmed', field: 'name' }])
  })
})

describe('a deletion that finds nothing', () => {
  it('has succeeded where an earlier attempt of it may have been applied, and has not otherwise', async () => {
    const adapter = fakeAdapter(nativeCapabilities, { contacts: people })
    const gone = (applied: 'no' | 'unknown') =>
      createContacts({
        ...adapter,
        delete: async () => {
          throw new ContactsError({ code: 'not_found', message: 'Gone.', applied })
        },
      })
    await gone('unknown').delete('c1')
    expect(await contactsErrorOf(() => gone('no').delete('c1'))).toMatchObject({ code: 'not_found' })
    const grouped = (applied: 'no' | 'unknown') => {
      const remove = async () => {
        throw new ContactsError({ code: 'not_found', message: 'Gone.', applied })
      }
      const { notifications, contactMethods, ...rest } = groupedAdapter()
      return createContacts({
        ...rest,
        notifications: { ...notifications, dismiss: remove },
        contactMethods: { ...contactMethods, delete: remove },
      })
    }
    await grouped('unknown').notifications.dismiss('n1')
    await grouped('unknown').contactMethods.delete('m1')
    for (const run of [
      () => grouped('no').notifications.dismiss('n1'),
      () => grouped('no').contactMethods.delete('m1'),
    ]) {
      expect(await contactsErrorOf(run)).toMatchObject({ code: 'not_found' })
    }
  })
})

describe('a dry run of upsertMany', () => {
  it('tells what would be done, and writes nothing', async () => {
    const { contacts, methods } = scanningClient()
    const items = [
      { externalId: 'user-1', name: 'Ana' },
      { externalId: 'user-2', name: 'Robert' },
      { externalId: 'user-9' },
      { externalId: 5 as unknown as string },
    ]
    const { succeeded, failed } = await contacts.upsertMany(items, {
      by: 'externalId',
      scan: true,
      dryRun: true,
    })
    expect(succeeded.map(({ outcome }) => outcome)).toEqual(['unchanged', 'updated', 'created'])
    expect(failed.map(({ index, error }) => [index, error.code])).toEqual([[3, 'invalid_input']])
    expect(new Set(methods())).toEqual(new Set(['list', 'get']))
  })
})
