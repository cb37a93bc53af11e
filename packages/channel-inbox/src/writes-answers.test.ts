import type { ContactsWarning } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { failure, first, setup } from './testing/setup.ts'

const EMAIL = { email: 'ana@example.com' }
const PHONE = { phone: '+14155552671' }
const byEmail = { by: 'email', scan: true } as const
const byPhone = { by: 'phone', scan: true } as const

/** A server that answers its writes with other members than it stored. */
function answering(members: object, options: Parameters<typeof setup>[0] = {}) {
  const warnings: ContactsWarning[] = []
  const made = setup({ onWarning: (warning) => warnings.push(warning), ...options })
  made.vendor.faults.add({ method: 'POST', rewrite: (answer) => ({ ...Object(answer), ...members }) })
  return { ...made, warnings }
}

describe('a create that is answered with another contact', () => {
  const other = { id: 'con_bo', email: 'bo@example.org', phone_number: '+442079460958', display_name: 'Bo' }

  it.each(['throw', 'drop'] as const)('is not believed, also with %s', async (unsupportedFields) => {
    for (const input of [EMAIL, PHONE, { ...EMAIL, ...PHONE, name: 'Ana' }]) {
      const { contacts, requests } = answering(other, { unsupportedFields })
      const error = await failure(contacts.create(input))
      expect(error).toMatchObject({ code: 'bad_response', applied: 'yes' })
      // Nobody is to remove somebody else.
      expect(error).toMatchObject({ message: expect.not.stringContaining('con_bo') })
      expect(requests()).toHaveLength(1)
    }
  })

  it('is not believed by an upsert and a batch either', async () => {
    const { contacts } = answering(other)
    expect(await failure(contacts.upsert(EMAIL, byEmail))).toMatchObject({ code: 'bad_response' })
    const { failed } = await answering(other).contacts.createMany([EMAIL])
    expect(failed.map(({ error }) => [error.code, error.applied])).toEqual([['bad_response', 'yes']])
  })

  it('is the right one where one of its addresses is that of the write', async () => {
    const { contacts } = answering({ email: 'bo@example.org' })
    expect(await failure(contacts.create({ ...EMAIL, ...PHONE }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'email' }],
    })
  })
})

describe('an answer that says no more than the id', () => {
  it('to a create or an update is followed by reading the contact', async () => {
    const { contacts, vendor, requests } = setup()
    const bare = { rewrite: (answer: unknown) => ({ id: Reflect.get(Object(answer), 'id') }) }
    vendor.faults.add({ method: 'POST', ...bare })
    const made = await contacts.create({ ...EMAIL, name: 'Ana', tags: ['vip'] })
    expect(made).toMatchObject({ ...EMAIL, name: 'Ana', tags: ['vip'] })
    expect(requests()).toEqual(['POST /contacts', 'GET /contacts/{id}'])
    vendor.faults.add({ method: 'PUT', ...bare })
    expect(await contacts.update(made.id, { name: 'Ana S.' })).toMatchObject({ ...EMAIL, name: 'Ana S.' })
    expect(requests()).toEqual(['PUT /contacts/{id}', 'GET /contacts/{id}'])
  })

  it('does not hide what was not kept', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({
      method: 'POST',
      forget: ['labels'],
      rewrite: (answer) => ({ id: Reflect.get(Object(answer), 'id') }),
    })
    expect(await failure(contacts.create({ ...EMAIL, tags: ['vip'] }))).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'tags' }],
    })
  })
})

describe('a number whose country is kept apart', () => {
  const split = { area_code: '+1', phone_number: '4155552671' }

  it('is another spelling after a create', async () => {
    const { contacts, warnings } = answering(split)
    const made = await contacts.create(PHONE)
    expect(made).toMatchObject({ phone: '4155552671', raw: { area_code: '+1' } })
    expect(warnings.map(({ code, field }) => [code, field])).toEqual([['rewritten_field', 'phone']])
  })

  it('is no key that an upsert finds the contact by again, and it says so', async () => {
    const { contacts, vendor } = answering(split)
    const error = await failure(contacts.upsert(PHONE, byPhone))
    expect(error).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'phone', message: expect.stringContaining('does not find the contact') }],
      message: expect.stringContaining(first(vendor.contacts).id),
    })
    const many = answering(split, { unsupportedFields: 'drop' })
    expect((await many.contacts.upsertMany([PHONE], byPhone)).failed).toEqual([])
    expect(many.warnings.map(({ code, field }) => [code, field])).toEqual([['unsupported_field', 'phone']])
  })

  it('does not matter to an upsert by email', async () => {
    const { contacts, warnings } = answering(split)
    expect(await contacts.upsert({ ...EMAIL, ...PHONE }, byEmail)).toMatchObject({ outcome: 'created' })
    expect(warnings.map(({ code }) => code)).toEqual(['rewritten_field'])
  })
})

describe('an upsert that says that there is no name', () => {
  const unnamed = { ...EMAIL, name: null, givenName: 'Ana' }

  it('is not named by its parts', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([EMAIL])
    const { contact, outcome } = await contacts.upsert(unnamed, byEmail)
    expect([outcome, contact.name, contact.givenName]).toEqual(['updated', undefined, 'Ana'])
    expect(await contacts.upsert(unnamed, byEmail)).toMatchObject({ outcome: 'unchanged' })
    const { succeeded } = await contacts.upsertMany([{ ...unnamed, familyName: 'Souza' }], byEmail)
    expect(succeeded[0]?.contact).not.toHaveProperty('name')
  })

  it('is told where the server names it all the same', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([EMAIL])
    vendor.faults.add({ method: 'PUT', forget: ['name'] })
    expect(await failure(contacts.upsert(unnamed, byEmail))).toMatchObject({
      code: 'unsupported_field',
      applied: 'yes',
      issues: [{ path: 'name' }],
    })
  })

  it('is refused in the dialect in which the name follows its parts', async () => {
    const { contacts, vendor } = setup({ dialect: 'web' }, { requests: 'web' })
    vendor.seed([EMAIL])
    expect(await failure(contacts.upsert(unnamed, byEmail))).toMatchObject({
      code: 'unsupported_field',
      applied: 'no',
      issues: [{ path: 'name' }],
    })
  })
})
