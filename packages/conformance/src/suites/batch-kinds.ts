import type {
  BatchOptions,
  BatchRun,
  Contact,
  ContactInput,
  ContactsErrorCode,
  ItemSource,
  UpsertOutcome,
} from '@anycontact/core'
import { assert, assertSame, fail } from '../assert.ts'
import { assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import { upsertKey } from './upsert-key.ts'

type Operation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** What a batch may tell of an item. */
type Value = { readonly contact?: Contact; readonly outcome?: UpsertOutcome }

/** How one batch operation is called and looked at. */
export interface BatchKind {
  readonly operation: Operation
  /** Makes items that can be done, and says how to see that each was. */
  prepare(session: Session, count: number): Promise<readonly BatchItem[]>
  /** An item that cannot be done, found out here. */
  invalid(session: Session): unknown
  /** An item that cannot be done, found out by the provider; `undefined` where there is none. It must fail with `refusal`. */
  refused(session: Session): Promise<unknown>
  readonly refusal: ContactsErrorCode
  start(session: Session, items: ItemSource<unknown>, options?: BatchOptions): BatchRun<Value>
}

/** An item that can be done. */
interface BatchItem {
  readonly item: unknown
  /** Checks that it was done. */
  done(result: Value): Promise<void>
  /** Checks that nothing of it was done. */
  undone(): Promise<void>
}

const creating: BatchKind = {
  operation: 'createMany',
  async prepare(session, count) {
    return Array.from({ length: count }, () => createdItem(session, session.basic()))
  },
  invalid: (session) => ({ ...session.basic(), nope: 1 }),
  async refused(session) {
    const { unique = ['externalId'] } = session.options
    const key = unique.find((candidate) => session.storable.includes(candidate))
    if (key === undefined) return undefined
    const taken = session.basic()
    await session.make(taken)
    return { ...session.basic(), [key]: taken[key] }
  },
  refusal: 'conflict',
  start: (session, items, options) => session.client.createMany(items as ItemSource<ContactInput>, options),
}

const updating: BatchKind = {
  operation: 'updateMany',
  async prepare(session, count) {
    // What a patch does not name must be in the answer too.
    const contacts = await session.makeMany(count, () => session.everything())
    return contacts.map((contact) => {
      const patch = session.sample([textField(session)])
      return {
        item: { ref: contact, patch },
        async done({ contact: updated }) {
          assertSame(updated?.id, contact.id, 'updateMany: the id of a result')
          await assertStored(session, updated, patch, 'updateMany')
        },
        async undone() {
          const { raw: _raw, ...now } = await session.reread(contact)
          const { raw: _before, ...before } = contact
          assertSame(now, before, 'a contact after an updateMany that was to do nothing')
        },
      }
    })
  },
  invalid: (session) => ({ ref: 'x', patch: { ...session.sample([textField(session)]), nope: 1 } }),
  async refused(session) {
    const gone = await removed(session)
    return gone && { ref: gone, patch: session.sample([textField(session)]) }
  },
  refusal: 'not_found',
  start: (session, items, options) =>
    session.client.updateMany(items as ItemSource<{ ref: Contact; patch: ContactInput }>, {
      ...options,
      scan: true,
    }),
}

const upserting: BatchKind = {
  operation: 'upsertMany',
  async prepare(session, count) {
    return Array.from({ length: count }, (_, index) => {
      const input = session.spelled({ ...session.basic(), ...session.sample([upsertKey(session)]) })
      const { done, undone } = createdItem(session, input)
      return {
        item: input,
        undone,
        async done(result) {
          assertSame(result.outcome, 'created', `upsertMany: the outcome of item ${index}`)
          await done(result)
        },
      }
    })
  },
  invalid: (session) => ({ ...session.basic(), nope: 1 }),
  async refused(session) {
    const key = upsertKey(session)
    if (!session.canShare(key)) return undefined
    const shared = session.spelled(session.sample([key]))
    await session.makeMany(2, () => ({ ...session.basic(), ...shared }))
    return { ...session.basic(), ...shared }
  },
  refusal: 'ambiguous',
  start: (session, items, options) =>
    session.client.upsertMany(items as ItemSource<ContactInput>, {
      ...options,
      by: upsertKey(session),
      scan: true,
    }),
}

const deleting: BatchKind = {
  operation: 'deleteMany',
  async prepare(session, count) {
    const contacts = await session.makeMany(count)
    return contacts.map((contact) => ({
      item: contact,
      async done() {
        assert(await session.isGone(contact), 'deleteMany left a contact there')
      },
      async undone() {
        await session.reread(contact)
      },
    }))
  },
  invalid: () => ({ id: '' }),
  refused: removed,
  refusal: 'not_found',
  start: (session, items, options) =>
    session.client.deleteMany(items as ItemSource<Contact>, { ...options, scan: true }),
}

/** The batch operations of contacts. */
export const BATCH_KINDS: readonly BatchKind[] = [creating, updating, upserting, deleting]

function createdItem(session: Session, input: ContactInput): BatchItem {
  return {
    item: input,
    async done({ contact }) {
      const created = session.keep(session.check(contact, 'a batch'))
      await assertStored(session, created, input, 'a batch')
    },
    async undone() {
      if (!session.has('list')) return
      const key = (['externalId', 'email', 'name', 'phone'] as const).find(
        (field) => input[field] !== undefined,
      )
      const twin = (await session.all()).find((contact) => key !== undefined && contact[key] === input[key])
      assertSame(twin?.id, undefined, 'a contact that a batch was not to make')
    },
  }
}

/** Checks that a batch gave the contact as it is stored, all of it, and that what was written is in it. */
async function assertStored(
  session: Session,
  given: Contact | undefined,
  written: ContactInput,
  source: string,
): Promise<void> {
  const answered = session.check(given, source)
  assertWritten(session, answered, written, `what ${source} gave`)
  const stored = await session.reread(answered)
  assertWritten(session, stored, written, `the contact read after ${source}`)
  assertSame(
    { ...answered, raw: null },
    { ...stored, raw: null },
    `what ${source} gave is not what is stored`,
  )
}

/** A contact that is no longer there; `undefined` where contacts cannot be deleted. */
async function removed(session: Session): Promise<Contact | undefined> {
  if (!session.has('delete')) return undefined
  const contact = await session.make()
  await session.client.delete(contact, { scan: true })
  await session.settle()
  return contact
}

/** A field that an update can change. */
export function textField(session: Session) {
  const fields = session.capabilities.update?.fields ?? []
  const field = (['name', 'nickname', 'note', 'status', 'customFields', 'contactMethods'] as const).find(
    (name) => fields.includes(name),
  )
  return field ?? fail('update.fields has none of the fields that the suite changes')
}

/** The item at an index. */
export function at<T>(items: readonly T[], index: number): T {
  return items[index] ?? fail(`there is no item ${index}`)
}
