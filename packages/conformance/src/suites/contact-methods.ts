import type { Contact, ContactMethod, ContactMethodInput } from '@anycontact/core'
import { ContactMethodSchema, type OPERATIONS } from '@anycontact/core/adapter-kit'
import { assert, assertSame, fail, print } from '../assert.ts'
import { fromJson } from '../contact-shape.ts'
import type { Session } from '../session.ts'
import type { Suite, TestBody } from '../suite.ts'

type Method = (typeof OPERATIONS)['contactMethods'][number]

/** The single addresses and numbers of contacts: each declared method is called, the others refused. */
export const contactMethods: Suite = (define) => {
  const declared = (method: Method, what: string, body: TestBody): void => {
    define(`contactMethods.${method} ${what}`, async (session) => {
      if (has(session, method)) await body(session)
      else {
        const name = `contactMethods.${method}`
        await session.refuses(name)
      }
    })
  }

  declared('list', 'gives what the contact has', async (session) => {
    const contact = await session.make()
    const listed = await session.client.contactMethods.list(contact, { scan: true }).toArray()
    for (const method of listed) check(method)
    const seen = (methods: readonly ContactMethod[]) =>
      methods.map(({ type, value, primary }) => print({ type, value, primary })).sort()
    assertSame(seen(listed), seen(contact.contactMethods), 'contactMethods.list')
    const paged: ContactMethod[] = []
    for await (const { items } of session.client.contactMethods
      .list(contact, { pageSize: 1, scan: true })
      .pages())
      paged.push(...items)
    assertSame(seen(paged), seen(listed), 'the pages of contactMethods.list')
  })

  declared('create', 'adds a method, and the primary one of a type is told', async (session) => {
    const contact = await session.make()
    const plain = input(session, { label: 'work' })
    const added = await add(session, contact, plain)
    for (const [key, value] of Object.entries(plain))
      assertSame(Reflect.get(added, key), value, `contactMethods.create: ${key}`)
    assertSame(added.primary, false, 'contactMethods.create: primary when it was not said')
    const primary = await add(session, contact, input(session, { primary: true }))
    const after = await session.reread(contact)
    assertSame(after.email, primary.value, 'email after a primary email was added')
    assertSame(
      after.contactMethods.length,
      contact.contactMethods.length + 2,
      'how many contact methods there are',
    )
    await session.rejects('contactMethods.create without a value', 'invalid_input', () =>
      session.client.contactMethods.create(contact, Object({ type: 'email' })),
    )
    await session.rejects('contactMethods.create of an unknown type', 'invalid_input', () =>
      session.client.contactMethods.create(contact, Object({ type: 'pigeon', value: 'x' })),
    )
  })

  declared('createMany', 'adds each by index, and goes on after a bad one', async (session) => {
    const contact = await session.make()
    const good = [input(session), input(session)]
    const { succeeded, failed } = await session.client.contactMethods.createMany(contact, [
      ...good.slice(0, 1),
      Object({ type: 'email' }),
      ...good.slice(1),
    ])
    assertSame(
      succeeded.map(({ index }) => index),
      [0, 2],
      'contactMethods.createMany: the indexes of what succeeded',
    )
    assertSame(
      failed.map(({ index, error }) => [index, error.code]),
      [[1, 'invalid_input']],
      'contactMethods.createMany: what failed',
    )
    for (const [position, { contactMethod }] of succeeded.entries())
      assertSame(check(contactMethod).value, good[position]?.value, 'contactMethods.createMany: value')
    assertSame(
      (await session.reread(contact)).contactMethods.length,
      contact.contactMethods.length + 2,
      'how many contact methods there are',
    )
  })

  declared('get', 'reads one method', async (session) => {
    const added = await add(session, await session.make(), input(session))
    assertSame(check(await session.client.contactMethods.get(idOf(added))), added, 'contactMethods.get')
    await session.rejects('contactMethods.get of an unknown id', 'not_found', () =>
      session.client.contactMethods.get(session.samples.id(session.number())),
    )
    await session.rejects('contactMethods.get of a blank id', 'invalid_input', () =>
      session.client.contactMethods.get(' '),
    )
  })

  declared('getByExternalId', 'reads one method', async (session) => {
    const externalId = session.samples.externalId(session.number())
    const contact = await session.make()
    await add(session, contact, input(session, { externalId: session.samples.externalId(session.number()) }))
    const added = await add(session, contact, input(session, { externalId }))
    assertSame(
      check(await session.client.contactMethods.getByExternalId(externalId)),
      added,
      'contactMethods.getByExternalId',
    )
    const unknown = session.samples.externalId(session.number())
    await session.rejects('contactMethods.getByExternalId of an unknown one', 'not_found', () =>
      session.client.contactMethods.getByExternalId(unknown),
    )
  })

  declared('getByMetadata', 'reads one method by a custom field', async (session) => {
    const value = session.samples.externalId(session.number())
    const contact = await session.make()
    await add(session, contact, input(session, { customFields: { key: 'another' } }))
    const added = await add(session, contact, input(session, { customFields: { key: value } }))
    assertSame(
      check(await session.client.contactMethods.getByMetadata('key', value)),
      added,
      'contactMethods.getByMetadata',
    )
    await session.rejects('contactMethods.getByMetadata of an unknown value', 'not_found', () =>
      session.client.contactMethods.getByMetadata('key', `${value}x`),
    )
    await session.rejects('contactMethods.getByMetadata of another key', 'not_found', () =>
      session.client.contactMethods.getByMetadata('constructor', value),
    )
  })

  declared('update', 'changes one method', async (session) => {
    const contact = await session.make()
    const added = await add(session, contact, input(session, { label: 'work' }))
    const { value } = input(session)
    const changed = check(await session.client.contactMethods.update(idOf(added), { value }))
    assertSame(
      [changed.id, changed.value, changed.label],
      [added.id, value, 'work'],
      'contactMethods.update of a value',
    )
    const cleared = check(
      await session.client.contactMethods.update(idOf(added), { label: null, primary: true }),
    )
    assertSame(
      [cleared.label, cleared.primary],
      [undefined, true],
      'contactMethods.update with label: null and primary',
    )
    assertSame((await session.reread(contact)).email, value, 'email after the method was made the primary')
    await session.rejects('contactMethods.update with an unknown field', 'invalid_input', () =>
      session.client.contactMethods.update(idOf(added), Object({ nope: 1 })),
    )
    await session.rejects('contactMethods.update of an unknown id', 'not_found', () =>
      session.client.contactMethods.update(session.samples.id(session.number()), { value }),
    )
  })

  declared('delete', 'removes one method', async (session) => {
    const contact = await session.make()
    const added = await add(session, contact, input(session))
    await session.client.contactMethods.delete(idOf(added))
    assertSame(
      (await session.reread(contact)).contactMethods.map(({ value }) => value),
      contact.contactMethods.map(({ value }) => value),
      'the contact methods after one was deleted',
    )
    await session.rejects('contactMethods.delete of what is gone', 'not_found', () =>
      session.client.contactMethods.delete(idOf(added)),
    )
  })

  declared('getPrimary', 'reads the primary method of a type, or undefined', async (session) => {
    const contact = await session.make()
    const primary = await add(session, contact, input(session, { primary: true }))
    assertSame(
      await session.client.contactMethods.getPrimary(contact, 'email', { scan: true }),
      primary,
      'contactMethods.getPrimary',
    )
    assertSame(
      await session.client.contactMethods.getPrimary(contact, 'fax', { scan: true }),
      undefined,
      'contactMethods.getPrimary of a type that is not there',
    )
  })

  declared('setPrimary', 'makes a method the only primary one of its type', async (session) => {
    const contact = await session.make()
    const [first, second] = [
      await add(session, contact, input(session, { primary: true })),
      await add(session, contact, input(session)),
    ]
    const now = check(await session.client.contactMethods.setPrimary(idOf(second)))
    assertSame([now.id, now.primary], [second.id, true], 'contactMethods.setPrimary')
    const after = await session.reread(contact)
    assertSame(after.email, second.value, 'email after another method was made the primary')
    assertSame(
      after.contactMethods.find(({ id }) => id === first.id)?.primary,
      false,
      'primary of the method that was the primary',
    )
  })

  declared('sync', 'makes the methods be those that are given', async (session) => {
    const contact = await session.make()
    const [kept, gone] = [
      await add(session, contact, input(session)),
      await add(session, contact, input(session)),
    ]
    const wanted = [
      { id: idOf(kept), type: kept.type, value: kept.value, label: 'kept' },
      input(session, { primary: true }),
    ]
    const { created, updated, deleted } = await session.client.contactMethods.sync(contact, wanted, {
      scan: true,
    })
    assertSame(
      created.map(({ value }) => value),
      [wanted[1]?.value],
      'contactMethods.sync: created',
    )
    assertSame(
      updated.map(({ id, label }) => [id, label]),
      [[kept.id, 'kept']],
      'contactMethods.sync: updated',
    )
    assert(deleted.includes(idOf(gone)) && !deleted.includes(idOf(kept)), 'contactMethods.sync: deleted')
    const after = await session.reread(contact)
    assertSame(
      after.contactMethods.map(({ value }) => value).sort(),
      wanted.map(({ value }) => value).sort(),
      'the contact methods after sync',
    )
    assertSame(after.email, wanted[1]?.value, 'email after sync')
    const again = await session.client.contactMethods.sync(
      contact,
      after.contactMethods.map(({ id, type, value, primary }) => ({
        ...(id !== undefined && { id }),
        type,
        value,
        primary,
      })),
      { scan: true },
    )
    assertSame(
      again,
      { created: [], updated: [], deleted: [] },
      'contactMethods.sync of what is there already',
    )
  })
}

function has(session: Session, method: Method): boolean {
  return session.capabilities.contactMethods?.[method] !== undefined
}

/** A further email; no other contact has it. */
function input(session: Session, more: Partial<ContactMethodInput> = {}): ContactMethodInput {
  return { type: 'email', value: session.samples.email(session.number()), ...more }
}

async function add(session: Session, contact: Contact, method: ContactMethodInput): Promise<ContactMethod> {
  if (!has(session, 'create')) return fail('contactMethods needs create for the suite to add methods with')
  const added = check(await session.client.contactMethods.create(contact, method, { scan: true }))
  await session.settle()
  return added
}

function check(value: unknown): ContactMethod {
  const result = ContactMethodSchema['~standard'].validate(value)
  if (result instanceof Promise) fail('the schema of contact methods answers at once')
  if (result.issues)
    fail(`a contact method is not well formed: ${result.issues.map(({ message }) => message).join('; ')}`)
  assertSame(fromJson(value), value, 'a contact method does not survive JSON')
  return result.value
}

function idOf(method: ContactMethod): string {
  return method.id ?? fail('a contact method that was added has no id')
}
