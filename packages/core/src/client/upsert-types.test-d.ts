import { describe, expectTypeOf, it } from 'vitest'
import type { UpsertOutcome, UpsertResult } from '../adapter/pages.ts'
import type { Contact } from '../model/contact.ts'
import type { ContactInput } from '../model/input.ts'
import type { RefKey } from '../model/ref.ts'
import type { BatchOptions, BatchRun, BatchTotals } from './batch-types.ts'
import type { nativeCapabilities, scanCapabilities } from './testing/capabilities.ts'
import type { FakeAdapter } from './testing/fake-adapter.ts'
import type { FakeContact } from './testing/fake-contacts.ts'
import type { Contacts, ContactsWith } from './types.ts'
import type { StoredUpsert } from './upsert-types.ts'

declare const storingCapabilities: Omit<typeof nativeCapabilities, 'upsert' | 'upsertMany'> & {
  readonly upsert: {
    readonly mode: 'native'
    readonly by: readonly ['email']
    readonly fields: readonly ['name', 'email']
    readonly outcome: 'stored'
  }
  readonly upsertMany: { readonly mode: 'native' }
}

declare const native: Contacts<FakeAdapter<typeof nativeCapabilities>>
declare const scanning: Contacts<FakeAdapter<typeof scanCapabilities>>
declare const storing: Contacts<FakeAdapter<typeof storingCapabilities>>

describe('the key of an upsert', () => {
  it('is one that the adapter goes by', () => {
    native.upsert({ externalId: 'x' }, { by: 'externalId' })
    native.upsert({ email: 'ana@example.com' }, { by: 'email' })
    native.upsertMany([{ id: 'c1' }], { by: 'id' })
    // @ts-expect-error it does not go by phone
    native.upsert({ phone: '+351' }, { by: 'phone' })
    // @ts-expect-error there is no such key
    native.upsert({ name: 'Ana' }, { by: 'name' })
    // @ts-expect-error there is no key
    native.upsert({ name: 'Ana' }, {})
    // @ts-expect-error there are no options
    native.upsert({ name: 'Ana' })
  })

  it('that takes a scan wants it asked for', () => {
    scanning.upsert({ email: 'ana@example.com' }, { by: 'email', scan: true })
    scanning.upsertMany([{ externalId: 'x' }], { by: 'externalId', scan: true, concurrency: 2 })
    // @ts-expect-error a scan was not asked for
    scanning.upsert({ email: 'ana@example.com' }, { by: 'email' })
    // @ts-expect-error a scan was not asked for
    scanning.upsertMany([{ email: 'ana@example.com' }], { by: 'email', scan: false })
    // @ts-expect-error it does not go by id
    scanning.upsert({ email: 'ana@example.com' }, { by: 'id', scan: true })
  })

  it('must be in the input', () => {
    // @ts-expect-error it is missing
    native.upsert({ name: 'Ana' }, { by: 'externalId' })
    // @ts-expect-error null is no key
    native.upsert({ name: 'Ana', externalId: null }, { by: 'externalId' })
    // @ts-expect-error undefined is no key
    native.upsert({ name: 'Ana', externalId: undefined }, { by: 'externalId' })
    // @ts-expect-error another one is there
    native.upsert({ email: 'ana@example.com' }, { by: 'externalId' })
    // @ts-expect-error it may be missing
    native.upsert({} as ContactInput, { by: 'externalId' })
    native.upsert({ externalId: 'x' } satisfies ContactInput, { by: 'externalId' })
    native.upsert({} as ContactInput & { externalId: string }, { by: 'externalId' })
  })

  it('must be in each input of a batch', () => {
    native.upsertMany([{ externalId: 'x' }, { externalId: 'y', name: 'Ana' }], { by: 'externalId' })
    native.upsertMany({} as AsyncIterable<ContactInput & { externalId: string }>, { by: 'externalId' })
    // @ts-expect-error the second has none
    native.upsertMany([{ externalId: 'x' }, { name: 'Ana' }], { by: 'externalId' })
    // @ts-expect-error each may have none
    native.upsertMany({} as AsyncIterable<ContactInput>, { by: 'externalId' })
    // @ts-expect-error in a dry run too
    native.upsertMany([{ name: 'Ana' }], { by: 'externalId', dryRun: true })
  })

  it('is looked for at run time where the program chooses it', () => {
    const by = 'externalId' as 'externalId' | 'email'
    native.upsert({} as ContactInput, { by })
    native.upsertMany([{ name: 'Ana' }], { by })
    // @ts-expect-error one of them takes a scan
    scanning.upsert({} as ContactInput, { by })
    // @ts-expect-error it does not go by some of them
    native.upsert({} as ContactInput, { by: 'id' as RefKey })
  })

  it('is that of one of several clients, too', () => {
    const either = Math.random() < 0.5 ? native : scanning
    either.upsert({ externalId: 'x', name: 'Ana' }, { by: 'externalId', scan: true })
    // @ts-expect-error one of them takes a scan
    either.upsert({ externalId: 'x', name: 'Ana' }, { by: 'externalId' })
  })
})

describe('the outcome of an upsert', () => {
  it('is exact, unless the adapter says otherwise', async () => {
    expectTypeOf(await native.upsert({ id: 'c1' }, { by: 'id' })).toEqualTypeOf<UpsertResult<FakeContact>>()
    expectTypeOf(await native.upsertMany([], { by: 'id' })).toEqualTypeOf<
      BatchTotals<UpsertResult<FakeContact>>
    >()
    native.upsert({ id: 'c1' }, { by: 'id', outcome: 'exact' })
    // @ts-expect-error there is no such wish
    native.upsert({ id: 'c1' }, { by: 'id', outcome: 'stored' })
  })

  it('may be stored where the adapter says so and nobody asks for more', async () => {
    const input = { email: 'ana@example.com' }
    const cheap = await storing.upsert(input, { by: 'email' })
    expectTypeOf(cheap).toEqualTypeOf<StoredUpsert<FakeContact>>()
    expectTypeOf(cheap.outcome).toEqualTypeOf<UpsertOutcome | 'stored'>()
    const exact = await storing.upsert(input, { by: 'email', outcome: 'exact' })
    expectTypeOf(exact).toEqualTypeOf<UpsertResult<FakeContact>>()
    const open = await storing.upsert(input, { by: 'email', outcome: undefined as 'exact' | undefined })
    expectTypeOf(open.outcome).toEqualTypeOf<UpsertOutcome | 'stored'>()
    expectTypeOf(storing.upsertMany([input], { by: 'email' })).toEqualTypeOf<
      BatchRun<StoredUpsert<FakeContact>>
    >()
    expectTypeOf(storing.upsertMany([input], { by: 'email', outcome: 'exact' })).toEqualTypeOf<
      BatchRun<UpsertResult<FakeContact>>
    >()
  })

  it('may be stored in code for any provider', async () => {
    const any = {} as ContactsWith<'upsert'>
    expectTypeOf(await any.upsert({ id: 'c1' }, { by: 'id' })).toEqualTypeOf<StoredUpsert<Contact>>()
    const { outcome } = await any.upsert({ id: 'c1' }, { by: 'id', outcome: 'exact' })
    expectTypeOf(outcome).toEqualTypeOf<UpsertOutcome>()
    expectTypeOf(storing).toExtend<ContactsWith<'upsert' | 'upsertMany'>>()
  })
})

describe('a dry run', () => {
  it('tells the outcome, and the contact where there is one', () => {
    const run = native.upsertMany([{ id: 'c1' }], { by: 'id', dryRun: true })
    expectTypeOf(run).toEqualTypeOf<
      BatchRun<{ readonly outcome: UpsertOutcome; readonly contact?: FakeContact }>
    >()
    const perhaps = native.upsertMany([{ id: 'c1' }], { by: 'id', dryRun: true as boolean })
    expectTypeOf(perhaps).toEqualTypeOf<typeof run>()
    const write = native.upsertMany([{ id: 'c1' }], { by: 'id', dryRun: false })
    expectTypeOf(write).toEqualTypeOf<BatchRun<UpsertResult<FakeContact>>>()
  })

  it('is one of upsertMany alone', () => {
    // @ts-expect-error one contact is looked up instead
    native.upsert({ id: 'c1' }, { by: 'id', dryRun: true })
    // @ts-expect-error creates have no key
    native.createMany([], { dryRun: true })
  })
})

describe('all or nothing', () => {
  it('compiles where the adapter has it', () => {
    native.createMany([], { atomic: true })
    native.updateMany([], { atomic: true })
    native.upsertMany([], { by: 'id', atomic: true })
    native.deleteMany([], { atomic: true })
    native.createMany([], {} as BatchOptions)
  })

  it('does not compile where it has not', () => {
    scanning.createMany([], { atomic: false })
    // @ts-expect-error items are created one by one
    scanning.createMany([], { atomic: true })
    // @ts-expect-error items are changed one by one
    scanning.updateMany([], { atomic: true })
    // @ts-expect-error items are changed one by one
    scanning.updateMany([{ ref: { email: 'a' }, patch: {} }], { scan: true, atomic: true })
    // @ts-expect-error items are upserted one by one
    scanning.upsertMany([], { by: 'email', scan: true, atomic: true })
    // @ts-expect-error items are deleted one by one
    scanning.deleteMany([], { atomic: true })
    // @ts-expect-error it may be asked for
    scanning.createMany([], {} as BatchOptions)
    // @ts-expect-error code for any provider has to say that it needs it
    const any = (contacts: ContactsWith<'createMany'>) => contacts.createMany([], { atomic: true })
    expectTypeOf(any).toBeFunction()
  })
})
