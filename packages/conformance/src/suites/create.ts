import type { Contact, ContactInput, WritableField } from '@anycontact/core'
import { isPlainObject, REF_KEYS } from '@anycontact/core/adapter-kit'
import { assert, assertSame } from '../assert.ts'
import { assertUntouched, assertWritten, isCleared } from '../fields.ts'
import { WRITABLE_FIELDS } from '../samples.ts'
import type { Session } from '../session.ts'
import type { Suite, TestBody } from '../suite.ts'

/** Creating: every field is stored or refused, the record comes back as stored, unique keys are kept. */
export const creating: Suite = (define) => {
  for (const field of WRITABLE_FIELDS)
    define(`create stores ${field}`, (session) => storesField(session, field))

  define(
    'create gives the record as stored, with every field that there is',
    withCreate(async (session) => {
      const input = session.everything()
      const contact = await session.create(input)
      assertWritten(session, contact, input, 'create of every field')
      await session.settle()
      const { raw: _raw, ...again } = await session.reread(contact)
      const { raw: _created, ...created } = contact
      assertSame(again, created, 'what create gave is not what is stored')
    }),
  )

  define(
    'create takes null and undefined for absent',
    withCreate(async (session) => {
      const { required = [], generated = [] } = session.options
      const free = session.storable.filter((field) => field !== 'id' && !required.includes(field))
      for (const nothing of [null, undefined]) {
        const absent = Object.fromEntries(free.map((field) => [field, nothing]))
        const contact = await session.create({ ...absent, ...session.input([]) })
        const derived =
          required.length > 0 ? ['email', 'phone', 'contactMethods', 'name', 'givenName', 'familyName'] : []
        for (const field of free) {
          if (generated.includes(field) || derived.includes(field)) continue
          assert(
            isCleared(contact, field),
            `create with ${field}: ${nothing} stored a value, or gives no [] or {} for none`,
          )
        }
      }
    }),
  )

  define(
    'create makes another contact each time',
    withCreate(async (session) => {
      const first = await session.make()
      const second = await session.make()
      assert(first.id !== second.id, 'two creates gave contacts with the same id')
      assertUntouched(first, await session.reread(first), [], 'a second create')
    }),
  )

  for (const key of REF_KEYS) {
    if (key === 'id') continue
    define(`create with a taken ${key} is a conflict where ${key} is unique`, async (session) => {
      const { unique = ['externalId'] } = session.options
      if (!session.has('create') || !session.storable.includes(key)) {
        await refusesField(session, key)
        return
      }
      const input = session.basic()
      const first = await session.make(input)
      const again = { ...session.basic(), [key]: input[key] }
      if (unique.includes(key)) {
        await session.writesNothing(`create with a taken ${key}`, () =>
          session.rejects(`create with a taken ${key}`, 'conflict', () => session.client.create(again)),
        )
      } else {
        const second = await session.make(again)
        assertSame(second[key], first[key], `${key} of a second contact, which may share it,`)
      }
      assertUntouched(first, await session.reread(first), [], `a second create with the same ${key}`)
    })
  }

  define(
    'what is given and what comes back share nothing with the provider',
    withCreate(async (session) => {
      const input = session.everything()
      const given = structuredClone(input)
      const contact = await session.create(given)
      scribble(given)
      const kept = structuredClone({ ...contact, raw: null })
      scribble(contact)
      blot(contact.raw)
      const again = await session.reread({ ...kept, raw: contact.raw })
      assertSame({ ...again, raw: null }, kept, 'the stored contact changed with an object outside')
      assertWritten(session, again, input, 'after changes to objects outside')
    }),
  )
}

/** Without `create` in the capabilities, a test of it checks that it is refused. */
function withCreate(body: TestBody): TestBody {
  return async (session) => {
    if (session.has('create')) await body(session)
    else await session.refuses('create')
  }
}

async function storesField(session: Session, field: WritableField): Promise<void> {
  if (!session.has('create') || !session.storable.includes(field)) {
    await refusesField(session, field)
    return
  }
  const input = session.input([field])
  const contact = await session.create(input)
  assertWritten(session, contact, input, 'what create gave')
  await session.settle()
  assertWritten(session, await session.reread(contact), input, 'the contact read after create')
}

async function refusesField(session: Session, field: WritableField): Promise<void> {
  const code = session.has('create') ? 'unsupported_field' : 'unsupported'
  await session.writesNothing(`create with ${field}, which is not declared,`, async () => {
    const input = { ...session.input([]), ...session.foreign(field) }
    const error = await session.rejects(`create with ${field}, which is not declared,`, code, () =>
      session.client.create(input),
    )
    if (code === 'unsupported') return
    assert(
      error.issues?.some(({ path }) => path === field) ?? false,
      `the error for ${field}, which cannot be stored, does not name it in its issues`,
    )
  })
}

/** Changes what is inside a contact or an input, so that it is still one. */
function scribble({ contactMethods, customFields, tags }: ContactInput | Contact): void {
  const [method] = contactMethods ?? []
  if (method) Reflect.set(method, 'label', 'scribbled')
  for (const value of [tags, customFields, ...Object.values(customFields ?? {})]) {
    if (Array.isArray(value)) value.push('scribbled')
    else if (isPlainObject(value)) Reflect.set(value, 'scribbled', true)
  }
}

/** Overwrites everything inside a record of the vendor's. */
function blot(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    blot(Reflect.get(value, key))
    Reflect.set(value, key, 'blotted')
  }
}
