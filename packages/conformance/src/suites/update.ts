import type { Contact, ContactInput, ContactPatch, WritableField } from '@anycontact/core'
import { assert, assertSame, fail, isSame } from '../assert.ts'
import { assertUntouched, assertWritten, isCleared } from '../fields.ts'
import { WRITABLE_FIELDS } from '../samples.ts'
import type { Session } from '../session.ts'
import type { Suite, TestBody } from '../suite.ts'

/** Updating: what is written is written, what is absent stays, null clears, and custom fields merge. */
export const updating: Suite = (define) => {
  for (const field of WRITABLE_FIELDS) {
    if (field === 'id') continue
    define(`update writes, leaves and clears ${field}`, async (session) => {
      if (session.capabilities.update?.fields.includes(field)) await changesField(session, field)
      else await refusesField(session, field)
    })
  }

  define(
    'update with nothing in it reads the contact and changes nothing',
    withUpdate(async (session) => {
      const contact = await session.make()
      for (const patch of [{}, { name: undefined, customFields: undefined }]) {
        const same = session.check(await session.client.update(contact, patch, { scan: true }), 'update')
        assertUntouched(contact, same, [], 'an update with nothing in it')
      }
      assertUntouched(contact, await session.reread(contact), [], 'an update with nothing in it')
    }),
  )

  define('update merges customFields by key', async (session) => {
    if (session.capabilities.update?.fields.includes('customFields')) await mergesCustomFields(session)
    else await refusesField(session, 'customFields')
  })

  define('email and phone are those of the primary contact methods', async (session) => {
    if (session.capabilities.update?.fields.includes('contactMethods')) await keepsPrimaries(session)
    else await refusesField(session, 'contactMethods')
  })
}

function withUpdate(body: TestBody): TestBody {
  return async (session) => {
    if (session.has('update')) await body(session)
    else await session.refuses('update')
  }
}

/** A contact that has a value in the field, where it can be made with one, and in every other field. */
async function changesField(session: Session, field: WritableField): Promise<void> {
  const contact = await session.make(session.everything())
  const written = session.sample([field])
  const updated = await update(session, contact, written)
  assertWritten(session, updated, written, `what update of ${field} gave`)
  // What is not named in customFields stays.
  assertUntouched(contact, updated, [field], `update of ${field}`)
  const stored = await session.reread(updated)
  assertWritten(session, stored, written, `the contact read after update of ${field}`)
  const { raw: _stored, ...storedFields } = stored
  const { raw: _updated, ...updatedFields } = updated
  assertSame(storedFields, updatedFields, 'what update gave is not what is stored')
  const left = await leavesField(session, updated, field)
  await clearsField(session, left, field)
}

async function leavesField(session: Session, contact: Contact, field: WritableField): Promise<Contact> {
  const other = (['nickname', 'note', 'name', 'customFields', 'email'] as const).find(
    (candidate) => candidate !== field && session.capabilities.update?.fields.includes(candidate),
  )
  if (other === undefined) return contact
  const patch = { ...session.sample([other]), [field]: undefined }
  const updated = await update(session, contact, patch)
  assertUntouched(contact, updated, [other], `update with ${field}: undefined`)
  return updated
}

async function clearsField(session: Session, contact: Contact, field: WritableField): Promise<void> {
  const { generated = [] } = session.options
  if (session.isPermanent(field)) {
    await session.rejects(
      `update with ${field}: null, which cannot be cleared,`,
      ['invalid_input', 'unsupported_field'],
      () => session.client.update(contact, { [field]: null }, { scan: true }),
    )
    assertUntouched(
      contact,
      await session.reread(contact),
      [],
      `update with ${field}: null, which was refused,`,
    )
    return
  }
  const cleared = await update(session, contact, { [field]: null })
  for (const [result, source] of [
    [cleared, 'what update gave'],
    [await session.reread(cleared), 'the contact read again'],
  ] as const) {
    const isOther = generated.includes(field) && !isSame(result[field], contact[field])
    const isGone = isCleared(result, field) || isOther
    assert(
      isGone,
      `update with ${field}: null does not clear it: ${source} still has it, or has no [] or {} for none`,
    )
  }
  assertUntouched(contact, cleared, [field], `update with ${field}: null`)
}

async function mergesCustomFields(session: Session): Promise<void> {
  const first = session.samples.customFields(session.number())
  const second = session.samples.customFields(session.number())
  const made = await session.make(session.input(['name', 'email', 'externalId', 'customFields']))
  const start = await update(session, made, { customFields: first })
  const [changed, removed] = Object.keys(start.customFields)
  if (changed === undefined || removed === undefined)
    fail('the sample of customFields needs two keys or more')
  const merged = await update(session, start, { customFields: { [changed]: second[changed] } })
  const expected = { ...start.customFields, ...readable(session, { [changed]: second[changed] }) }
  assertSame(merged.customFields, expected, 'customFields after one key was written')
  const reduced = await update(session, merged, { customFields: { [removed]: null, [changed]: undefined } })
  const { [removed]: _gone, ...left } = expected
  assertSame(reduced.customFields, left, 'customFields after a key was written as null')
  assertSame((await session.reread(reduced)).customFields, left, 'customFields read again')
  const back = await update(session, reduced, { customFields: { [removed]: first[removed] } })
  const whole = { ...left, ...readable(session, { [removed]: first[removed] }) }
  assertSame(back.customFields, whole, 'customFields after a key was added')
  assertUntouched(start, back, ['customFields'], 'update of customFields')
}

/** Custom fields as they are read when they were written so. */
function readable(session: Session, written: NonNullable<ContactInput['customFields']>): object {
  return session.options.normalize?.customFields?.(written) ?? written
}

async function keepsPrimaries(session: Session): Promise<void> {
  const [n, m] = [session.number(), session.number()]
  const contact = await session.make(session.basic())
  const methods = session.samples.contactMethods(n)
  const withMethods = await update(session, contact, { contactMethods: methods })
  assertWritten(session, withMethods, { contactMethods: methods }, 'update of contactMethods')
  // A method that has a place of its own is the primary one there, whatever is said of it.
  if (session.capabilities.update?.slots === undefined) {
    const noPrimary = methods.map((method) => ({ ...method, primary: false }))
    const without = await update(session, withMethods, { contactMethods: noPrimary })
    assertSame([without.email, without.phone], [undefined, undefined], 'email and phone without a primary')
  }
  if (session.capabilities.update?.fields.includes('email')) {
    const email = session.samples.email(m)
    const changed = await update(session, withMethods, { email })
    assertWritten(session, changed, { email }, 'update of email')
    await session.rejects('an email that is not the primary of contactMethods', 'invalid_input', () =>
      session.client.update(
        contact,
        { email, contactMethods: [{ type: 'email', value: session.samples.email(n), primary: true }] },
        { scan: true },
      ),
    )
  }
  const twice = [0, 1].map((index) => ({
    type: 'email' as const,
    value: session.samples.email(n + index),
    primary: true,
  }))
  await session.rejects('contactMethods with two primary emails', 'invalid_input', () =>
    session.client.update(contact, { contactMethods: twice }, { scan: true }),
  )
}

async function refusesField(session: Session, field: WritableField): Promise<void> {
  if (!session.has('update')) {
    await session.refuses('update')
    return
  }
  const contact = await session.make()
  const error = await session.rejects(`update of ${field}, which is not declared,`, 'unsupported_field', () =>
    session.client.update(contact, session.foreign(field), { scan: true }),
  )
  assert(
    error.issues?.some(({ path }) => path === field) ?? false,
    `the error for ${field}, which cannot be stored, does not name it in its issues`,
  )
  assertUntouched(contact, await session.reread(contact), [], `update of ${field}, which was refused,`)
}

async function update(session: Session, contact: Contact, patch: ContactPatch): Promise<Contact> {
  return session.check(await session.client.update(contact, patch, { scan: true }), 'update')
}
