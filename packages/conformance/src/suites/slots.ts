import type { Contact, ContactInput, ContactMethodInput, ContactMethodType, RefKey } from '@anycontact/core'
import { assertSame } from '../assert.ts'
import { assertWritten } from '../fields.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { exactOutcome, upsertKey } from './upsert-key.ts'

/** Contact methods: each place that is declared holds one, and where no places are declared there is room for several of a type. */
export const slots: Suite = (define) => {
  for (const operation of ['create', 'update', 'upsert'] as const) {
    define(
      `${operation} fills and empties each place for a contact method, or keeps a list`,
      async (session) => {
        const declared = session.capabilities[operation]
        if (!declared) {
          await session.refuses(operation)
          return
        }
        if (!declared.fields.includes('contactMethods')) return
        const write = await writer(session, operation)
        if (declared.slots === undefined) {
          await write((n) => [methodOf(session, 'email', n), second(session, 'email', n)])
          return
        }
        const places = declared.slots
        await write((n) => places.map((type) => methodOf(session, type, n)))
        const key = operation === 'upsert' ? [upsertKeyBeside(session)] : []
        const kept: readonly string[] = [...(session.options.required ?? []), ...key]
        for (const empty of places.filter((type) => !kept.includes(type))) {
          const filled = places.filter((type) => type !== empty)
          await write((n) => filled.map((type) => methodOf(session, type, n)))
        }
        for (const type of places.slice(0, 1)) {
          const what = `${operation} of two methods of the type ${type}, of which there is one place,`
          await session.rejects(what, 'unsupported_field', () =>
            write((n) => [methodOf(session, type, n), second(session, type, n)]),
          )
        }
      },
    )
  }
}

/** Writes the methods that a number makes. */
type Write = (methods: (n: number) => ContactMethodInput[]) => Promise<void>

/** Makes what writes the methods of a contact, and checks that they are what is stored then. */
async function writer(session: Session, operation: 'create' | 'update' | 'upsert'): Promise<Write> {
  const key = operation === 'upsert' ? upsertKeyBeside(session) : undefined
  const named = key && key !== 'email' && key !== 'phone' ? session.sample([key]) : {}
  const contact = operation === 'update' ? await session.make() : undefined
  const send = async (input: ContactInput): Promise<Contact> => {
    if (contact) {
      const { contactMethods } = input
      return session.client.update(contact, { contactMethods }, { scan: true })
    }
    if (key === undefined) return session.client.create(input)
    const options = { by: key, scan: true, ...exactOutcome(session) }
    return (await session.client.upsert({ ...input, ...named }, options)).contact
  }
  return async (methods) => {
    const n = session.number()
    const contactMethods = methods(n)
    // The same number, because required fields can say the same thing as the methods.
    const stored = session.check(await send({ ...session.input([], n), contactMethods }), operation)
    if (!contact) session.keep(stored)
    assertWritten(session, stored, { contactMethods }, `what ${operation} of contactMethods gave`)
    await session.settle()
    const again = await session.reread(stored)
    assertSame(again.contactMethods, stored.contactMethods, `contactMethods read after ${operation}`)
  }
}

/** A key to upsert by that is no contact method, where there is one. */
function upsertKeyBeside(session: Session): RefKey {
  const { by = [], scan = [] } = session.capabilities.upsert ?? {}
  const others = [...by, ...scan].filter((key) => key === 'externalId' || key === 'id')
  return others[0] ?? upsertKey(session)
}

/** A method that the provider takes: of the author's own samples, where there is one of the type. */
function methodOf(session: Session, type: ContactMethodType, n: number): ContactMethodInput {
  const own = session.samples.contactMethods(n).find((method) => method.type === type)
  const value = own?.value ?? (type === 'email' ? session.samples.email(n) : session.samples.phone(n))
  return { type, value, primary: true }
}

/** Another of the type, which is not its primary. */
function second(session: Session, type: ContactMethodType, n: number): ContactMethodInput {
  return { ...methodOf(session, type, n + 1000), primary: false }
}
