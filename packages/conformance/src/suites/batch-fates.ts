import { type BatchTotals, type ContactInput, ContactsError, type WritableField } from '@anycontact/core'
import { assertSame } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { upsertKey } from './upsert-key.ts'

/** What becomes of a write: `ok`, or the code of its error. */
type Fate = string

/** How one item is written alone, and how several are. */
interface Ways {
  /** What is written; items about a contact make one. */
  prepare(session: Session, input: ContactInput): Promise<unknown>
  one(session: Session, item: unknown): PromiseLike<unknown>
  many(session: Session, items: readonly unknown[]): PromiseLike<BatchTotals<unknown>>
}

/** A batch does with each item what the operation does with one: it is stored, or refused for the same reason, and alone. */
export const batchFates: Suite = (define) => {
  for (const [operation, ways] of Object.entries(WAYS)) {
    const single = operation.replace('Many', '') as 'create' | 'update' | 'upsert'
    define(`${operation} does with each item what ${single} does with one`, async (session) => {
      const declared = session.capabilities[single]
      if (!declared || !session.has(`${single}Many`)) {
        await session.refuses(operation)
        return
      }
      const odd = oddInputs(session, declared.fields)
      const alone: Fate[] = []
      for (const make of odd) alone.push(await fateOf(ways.one(session, await ways.prepare(session, make()))))
      const items: unknown[] = []
      for (const make of [plain(session), ...odd, plain(session)])
        items.push(await ways.prepare(session, make()))
      const { total, failed } = await ways.many(session, items)
      assertSame(total, items.length, `${operation}: how many items`)
      const together = items.map((): Fate => 'ok')
      for (const { index, error } of failed) together[index] = error.code
      const inputs = odd.map((make) => make())
      for (const [index, fate] of ['ok', ...alone, 'ok'].entries()) {
        const what = `what ${operation} did with item ${index} of ${items.length}, against what ${single} does`
        const input = inputs[index - 1]
        assertSame(together[index], fate, input ? `${what} with ${Object.keys(input).join(', ')}` : what)
      }
    })
  }
}

const WAYS: Readonly<Record<'createMany' | 'updateMany' | 'upsertMany', Ways>> = {
  createMany: {
    prepare: async (_session, input) => input,
    one: async ({ client }, item) => client.create(asInput(item)),
    many: ({ client }, items) => client.createMany(items.map(asInput)),
  },
  updateMany: {
    async prepare(session, input) {
      const contact = await session.make()
      const keys: readonly string[] = ['id', ...(session.options.unique ?? ['externalId'])]
      const patch = Object.entries(input).filter(([field]) => !keys.includes(field))
      return { ref: contact, patch: Object.fromEntries(patch) }
    },
    one: ({ client }, item) => {
      const { ref, patch } = asUpdate(item)
      return client.update(ref, patch, { scan: true })
    },
    many: ({ client }, items) => client.updateMany(items.map(asUpdate), { scan: true }),
  },
  upsertMany: {
    prepare: async (session, input) => ({ ...session.sample([upsertKey(session)]), ...input }),
    one: (session, item) => session.client.upsert(asInput(item), { by: upsertKey(session), scan: true }),
    many: (session, items) =>
      session.client.upsertMany(items.map(asInput), { by: upsertKey(session), scan: true }),
  },
}

/** As it was prepared. */
function asInput(item: unknown): ContactInput {
  return item as ContactInput
}

function asUpdate(item: unknown): { readonly ref: string; readonly patch: ContactInput } {
  return item as { readonly ref: string; readonly patch: ContactInput }
}

async function fateOf(written: PromiseLike<unknown>): Promise<Fate> {
  try {
    await written
    return 'ok'
  } catch (error) {
    if (ContactsError.is(error)) return error.code
    throw error
  }
}

function plain(session: Session): () => ContactInput {
  return () => session.basic()
}

/** Inputs that are well formed, and that one provider or another has no place for in some part. */
function oddInputs(session: Session, fields: readonly WritableField[]): readonly (() => ContactInput)[] {
  const withMethod =
    (more: () => object): (() => ContactInput) =>
    () => {
      const n = session.number()
      const value = session.samples.email(n)
      // The same number, because required fields can say the same thing as the methods.
      return {
        ...session.input(['externalId', 'name'], n),
        contactMethods: [{ type: 'email', value, primary: true, ...more() }],
      }
    }
  const withField = (values: object) => (): ContactInput => ({ ...session.basic(), ...values })
  const odd: Partial<Record<WritableField, readonly (() => ContactInput)[]>> = {
    contactMethods: [
      withMethod(() => ({ label: 'work' })),
      withMethod(() => ({ externalId: session.samples.externalId(session.number()) })),
      withMethod(() => ({ customFields: { key: 'value' } })),
      withMethod(() => ({ verified: true })),
      withMethod(() => ({ type: 'other' })),
    ],
    customFields: [
      withField({ customFields: { deep: { er: [{ still: true }] } } }),
      withField({ customFields: { 'a.b $c': 'dotted' } }),
      withField({ customFields: { big: Number.MAX_SAFE_INTEGER } }),
    ],
    name: [withField({ name: 'x'.repeat(300) })],
    note: [withField({ note: 'x'.repeat(20_000) })],
    tags: [withField({ tags: ['one, with a comma', 'one; with a semicolon'] })],
    status: [withField({ status: 'no-such-status' })],
    locale: [withField({ locale: 'tlh' })],
    timezone: [withField({ timezone: 'Mars/Olympus_Mons' })],
  }
  return fields.flatMap((field) => odd[field] ?? [])
}
