import type { Contact } from '@anycontact/core'
import { assert, assertSame, print } from '../assert.ts'
import { assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { textField } from './batch-kinds.ts'
import { upsertKey } from './upsert-key.ts'

/** What an upsert tells of what it did, when nobody asks for more than the provider finds cheap. */
export const outcomes: Suite = (define) => {
  for (const operation of ['upsert', 'upsertMany'] as const) {
    define(`${operation} tells what it did, as exactly as is declared`, async (session) => {
      if (!session.has(operation)) {
        await session.refuses(operation)
        return
      }
      const key = upsertKey(session)
      const input = session.spelled({ ...session.basic(), ...session.sample([key]) })
      const n = session.number()
      const named = { [key]: input[key] }
      // The same number, because required fields can say the same thing as the field.
      const change = session.spelled({
        ...session.input([], n),
        ...session.sample([otherField(session, key)], n),
        ...named,
      })
      const declared = session.capabilities.upsert?.outcome ?? 'exact'
      const told: string[] = []
      for (const [given, exact, what] of [
        [input, 'created', 'of a contact that is not there'],
        [input, 'unchanged', 'of the same again'],
        [change, 'updated', 'of a contact that differs'],
      ] as const) {
        const { contact, outcome } = await write(session, operation, given)
        assertWritten(
          session,
          session.keep(session.check(contact, operation)),
          given,
          `what ${operation} gave`,
        )
        await session.settle()
        assertWritten(session, await session.reread(contact), given, `the contact read after ${operation}`)
        const isTold =
          outcome === exact || (declared === 'stored' && exact !== 'created' && outcome === 'stored')
        assert(isTold, `the outcome of ${operation} ${what}: expected ${print(exact)}, got ${print(outcome)}`)
        told.push(outcome)
      }
      assert(
        declared === 'exact' ||
          told.includes('stored') ||
          session.capabilities[operation]?.mode === 'emulated',
        `upsert.outcome is stored, but ${operation} always tells what it did`,
      )
    })
  }
}

async function write(
  session: Session,
  operation: 'upsert' | 'upsertMany',
  input: object,
): Promise<{ readonly contact: Contact; readonly outcome: string }> {
  const options = { by: upsertKey(session), scan: true }
  if (operation === 'upsert') return session.client.upsert(input, options)
  const { succeeded, failed } = await session.client.upsertMany([input], options)
  assertSame(
    failed.map(({ error }) => error.message),
    [],
    'upsertMany: what failed',
  )
  const [done] = succeeded
  assert(done !== undefined, 'upsertMany of one contact tells nothing of it')
  return done
}

/** A field other than the key that an upsert can change. */
function otherField(session: Session, key: string) {
  const field = textField(session)
  return field === key ? ('note' as const) : field
}
