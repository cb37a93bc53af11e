import type { ContactInput, WritableField } from '@anycontact/core'
import { assert, print } from '../assert.ts'
import { assertUntouched } from '../fields.ts'
import { WRITABLE_FIELDS } from '../samples.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

const SECRET = 'must-not-be-quoted'

/** What no provider can be sent, with what each is called in messages. */
function invalidInputs(): readonly (readonly [name: string, input: unknown])[] {
  const cyclic: Record<string, unknown> = {}
  cyclic.self = cyclic
  return [
    ['null', null],
    ['text', SECRET],
    ['an array', []],
    ['an unknown field', { [SECRET.replaceAll('-', '')]: 1 }],
    ['a field of another type', { name: 42 }],
    ['text where an object belongs', { customFields: SECRET }],
    ['text where an array belongs', { tags: SECRET }],
    ['a blank string', { name: ' ' }],
    ['an empty string', { note: '' }],
    ['half a surrogate pair', { name: `${SECRET}\ud800` }],
    ['an email without @', { email: SECRET }],
    ['a phone without digits', { phone: SECRET }],
    ['a URL that is none', { avatarUrl: SECRET }],
    ['a time without a zone', { verifiedAt: '2026-01-31T09:00:00' }],
    ['a day that does not exist', { verifiedAt: '2026-02-30T09:00:00Z' }],
    ['a Date', { verifiedAt: new Date(0) }],
    ['NaN in customFields', { customFields: { score: Number.NaN } }],
    ['a Date in customFields', { customFields: { at: new Date(0) } }],
    ['a function in customFields', { customFields: { run: () => SECRET } }],
    ['a bigint in customFields', { customFields: { n: 1n } }],
    ['a __proto__ key in customFields', { customFields: JSON.parse('{"__proto__":{"admin":true}}') }],
    ['a nested __proto__ key', { customFields: { a: JSON.parse('{"__proto__":1}') } }],
    ['cyclic customFields', { customFields: cyclic }],
    ['a Map in customFields', { customFields: new Map() }],
    ['a contact method without value', { contactMethods: [{ type: 'email' }] }],
    ['a contact method of an unknown type', { contactMethods: [{ type: 'pigeon', value: SECRET }] }],
    ['a blank tag', { tags: [''] }],
  ]
}

/** Checking input: what cannot be sent is refused before anything is written, and without quoting it. */
export const checkingInput: Suite = (define) => {
  define('create refuses what cannot be sent', async (session) => {
    if (!session.has('create')) {
      await session.refuses('create')
      return
    }
    await session.writesNothing('create of what cannot be sent', async () => {
      for (const [name, input] of invalidInputs()) {
        const whole =
          typeof input === 'object' && input !== null && !Array.isArray(input)
            ? { ...session.basic(), ...input }
            : input
        await refuses(session, `create with ${name}`, () => session.client.create(whole as ContactInput))
      }
    })
  })

  define('update refuses what cannot be sent', async (session) => {
    if (!session.has('update')) {
      await session.refuses('update')
      return
    }
    const contact = await session.make()
    for (const [name, input] of invalidInputs()) {
      await refuses(session, `update with ${name}`, () =>
        session.client.update(contact, input as ContactInput, { scan: true }),
      )
    }
    await refuses(session, 'update with an id', () =>
      session.client.update(contact, { id: 'x' } as ContactInput, { scan: true }),
    )
    assertUntouched(contact, await session.reread(contact), [], 'an update that was refused')
  })

  define('upsert refuses what cannot be sent', async (session) => {
    const { upsert } = session.capabilities
    if (!upsert) {
      await session.refuses('upsert')
      return
    }
    const by = upsert.by[0] ?? upsert.scan?.[0] ?? 'externalId'
    await session.writesNothing('upsert of what cannot be sent', async () => {
      for (const [name, input] of invalidInputs()) {
        const isObject = typeof input === 'object' && input !== null && !Array.isArray(input)
        const whole = isObject ? { ...session.basic(), ...session.sample([by]), ...input } : input
        await refuses(session, `upsert with ${name}`, () =>
          session.client.upsert(whole as ContactInput, { by, scan: true }),
        )
      }
    })
  })

  for (const operation of ['create', 'update', 'upsert'] as const) {
    define(
      `${operation} leaves out what cannot be stored when told to, and warns of each`,
      (session) => dropsFields(session, operation),
      { policy: { unsupportedFields: 'drop' } },
    )
  }
}

async function refuses(session: Session, what: string, call: () => unknown): Promise<void> {
  const error = await session.rejects(what, 'invalid_input', call)
  assert((error.issues?.length ?? 0) > 0, `${what}: the error has no issues`)
  assert(
    !`${error.message}${print(error.toJSON())}`.includes(SECRET),
    `${what}: the error quotes what was given`,
  )
}

async function dropsFields(session: Session, operation: 'create' | 'update' | 'upsert'): Promise<void> {
  const declared = session.capabilities[operation]
  if (!declared) {
    await session.refuses(operation)
    return
  }
  const fields: readonly string[] = declared.fields
  const foreign = WRITABLE_FIELDS.filter(
    (field) => !fields.includes(field) && !(operation === 'update' && field === 'id'),
  )
  for (const field of foreign) {
    const warned = session.warnings.length
    await writeWith(session, operation, field)
    const [warning, ...more] = session.warnings.slice(warned).filter((candidate) => candidate.field === field)
    assert(warning !== undefined, `${operation} left out ${field} without a warning`)
    assert(more.length === 0, `${operation} warned of ${field} more than once`)
    assert(warning.code === 'unsupported_field', `${operation}: the warning's code is ${warning.code}`)
    assert(
      warning.provider === session.provider && warning.operation === operation,
      `${operation}: the warning does not say where it comes from`,
    )
  }
}

async function writeWith(
  session: Session,
  operation: 'create' | 'update' | 'upsert',
  field: WritableField,
): Promise<void> {
  if (operation === 'create') {
    await session.create({ ...session.basic(), ...session.foreign(field) })
    return
  }
  if (operation === 'update') {
    const contact = await session.make()
    const patch = session.foreign(field, contact)
    const updated = session.check(await session.client.update(contact, patch, { scan: true }), 'update')
    assertUntouched(contact, updated, [], `update with ${field}, which was left out,`)
    return
  }
  const { by = [], scan = [] } = session.capabilities.upsert ?? {}
  const key = by[0] ?? scan[0] ?? 'externalId'
  const { contact } = await session.client.upsert(
    { ...session.input([]), ...session.sample([key]), ...session.foreign(field) },
    { by: key, scan: true },
  )
  session.keep(session.check(contact, 'upsert'))
}
