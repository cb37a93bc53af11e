import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { C } from './testing/ana.ts'
import { email, seeded } from './testing/seeded.ts'

describe('reading', () => {
  it('one request each', async () => {
    const { contactMethods, requests } = seeded()
    expect(await contactMethods.get('e1')).toMatchObject({
      id: 'e1',
      primary: true,
      customFields: { k: 'v', n: 1 },
    })
    expect(await contactMethods.getByExternalId('crm/2')).toMatchObject({ id: 'e2' })
    expect(await contactMethods.getByMetadata('k', 'v')).toMatchObject({ id: 'e1' })
    expect(await contactMethods.getPrimary(C, 'email')).toMatchObject({ id: 'e1' })
    expect(await contactMethods.getPrimary(C, 'phone')).toBeUndefined()
    expect((await contactMethods.list(C)).items).toHaveLength(3)
    expect(requests()).toEqual([
      'GET /contact-methods/e1',
      'GET /contact-methods/external/crm%2F2',
      'GET /contact-methods/metadata/k/v',
      'GET /clients/{id}/contact-methods/primary/email',
      'GET /clients/{id}/contact-methods/primary/phone',
      'GET /clients/{id}/contact-methods',
    ])
  })

  it('list pages, and skips what cannot be read when told to', async () => {
    const { contactMethods, vendor } = seeded({ onInvalid: 'skip' })
    const ids: (string | undefined)[] = []
    for await (const { items } of contactMethods.list(C, { pageSize: 2 }).pages())
      ids.push(...items.map(({ id }) => id))
    expect(ids.sort()).toEqual(['e1', 'e2', 'p1'])
    vendor.faults.add({ malformed: { index: 0, record: () => 'x' } })
    expect((await contactMethods.list(C)).items).toHaveLength(2)
  })

  it('of a client that has none is an empty list, unless the server knows better', async () => {
    expect((await seeded().contactMethods.list('none')).items).toEqual([])
    const strict = seeded({}, { unknownClient: 'not-found' }).contactMethods
    expect(await failure(strict.list('none'))).toMatchObject({ code: 'not_found' })
    expect(await failure(strict.getPrimary('none', 'email'))).toMatchObject({ code: 'not_found' })
  })
})

describe('writing', () => {
  it('create takes what a method can have, and no id', async () => {
    const { contactMethods, vendor } = seeded()
    const made = await contactMethods.create(
      C,
      email('n@example.com', { label: 'New', externalId: 'x', customFields: { a: 1 } }),
    )
    expect(made).toMatchObject({
      label: 'New',
      externalId: 'x',
      customFields: { a: 1 },
      primary: false,
      verified: false,
    })
    expect(await failure(contactMethods.create(C, email('m@example.com', { id: 'mine' })))).toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'id' }],
    })
    expect(await failure(contactMethods.create(C, email('m@example.com', { verified: true })))).toMatchObject(
      {
        code: 'unsupported_field',
      },
    )
    expect(vendor.contactMethods).toHaveLength(4)
  })

  it('a create whose answer is lost is looked up by its external id, and else not repeated', async () => {
    const { contactMethods, vendor } = seeded()
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    expect(await contactMethods.create(C, email('n@example.com', { externalId: 'x' }))).toMatchObject({
      externalId: 'x',
    })
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    expect(await failure(contactMethods.create(C, email('m@example.com')))).toMatchObject({
      code: 'network',
      retryable: false,
    })
    vendor.faults.add({ method: 'POST', cut: 'request' })
    expect(
      await failure(contactMethods.create(C, email('other@example.com', { externalId: 'crm/2' }))),
    ).toMatchObject({ code: 'network' })
    expect(vendor.contactMethods).toHaveLength(5)
  })

  it('update sends what is said; custom fields are merged with what is there', async () => {
    const { contactMethods, requests, vendor } = seeded()
    expect(await contactMethods.update('e1', { label: null, primary: false })).not.toHaveProperty('label')
    expect(requests()).toEqual(['PATCH /contact-methods/e1'])
    expect((await contactMethods.update('e1', { customFields: { k: null, b: true } })).customFields).toEqual({
      n: 1,
      b: true,
    })
    expect(requests()).toEqual(['GET /contact-methods/e1', 'PATCH /contact-methods/e1'])
    await contactMethods.update('e1', { customFields: { b: true } })
    await contactMethods.update('e1', {})
    expect(requests()).toEqual(['GET /contact-methods/e1', 'GET /contact-methods/e1'])
    expect(vendor.contactMethods).toHaveLength(3)
  })

  it('custom fields are removed from a server that merges, too', async () => {
    const { contactMethods } = seeded({}, { metadataUpdate: 'merge' })
    expect((await contactMethods.update('e1', { customFields: { k: null } })).customFields).toEqual({ n: 1 })
    expect(await contactMethods.update('e1', { customFields: null })).not.toHaveProperty('customFields')
    expect(await contactMethods.get('e1')).not.toHaveProperty('customFields')
  })

  it('update cannot verify, and says that an external id stays where it does', async () => {
    const { contactMethods } = seeded({}, { nullExternalId: 'refuse' })
    expect(await failure(contactMethods.update('e1', { verified: true }))).toMatchObject({
      code: 'unsupported_field',
    })
    expect(await contactMethods.update('e1', { verified: false })).toMatchObject({ verified: false })
    expect(await failure(contactMethods.update('e2', { externalId: null }))).toMatchObject({
      code: 'unsupported_field',
      issues: [{ path: 'externalId' }],
    })
    const dropping = seeded({ unsupportedFields: 'drop' }, { nullExternalId: 'refuse' }).contactMethods
    expect(await dropping.update('e2', { externalId: null, label: 'L' })).toMatchObject({
      externalId: 'crm/2',
      label: 'L',
    })
    expect(await dropping.update('e2', { externalId: null })).toMatchObject({ externalId: 'crm/2' })
  })

  it('setPrimary makes it the only one of its type', async () => {
    const { contacts, contactMethods } = seeded()
    expect(await contactMethods.setPrimary('e2')).toMatchObject({ id: 'e2', primary: true })
    expect((await contacts.get(C)).contactMethods.map(({ id, primary }) => [id, primary])).toEqual([
      ['e1', false],
      ['e2', true],
      ['p1', false],
    ])
  })

  it('delete of the last one leaves no contact', async () => {
    const { contacts, contactMethods } = seeded()
    for (const id of ['e1', 'e2', 'p1']) await contactMethods.delete(id)
    expect(await contacts.find(C)).toBeUndefined()
    expect(await failure(contactMethods.delete('p1'))).toMatchObject({ code: 'not_found' })
  })
})

describe('sync', () => {
  it('tells what was created, updated and deleted, the primary that gave way too', async () => {
    const { contactMethods, requests, vendor } = seeded()
    const result = await contactMethods.sync(C, [
      { id: 'e1', ...email('a@example.com') },
      email('b@example.com', { primary: true }),
      email('n@example.com'),
    ])
    expect(result.created).toMatchObject([{ value: 'n@example.com' }])
    expect(result.updated.map(({ id, primary }) => [id, primary])).toEqual([
      ['e1', false],
      ['e2', true],
    ])
    expect(result.deleted).toEqual(['p1'])
    expect(requests()[1]).toBe('POST /clients/{id}/contact-methods/sync')
    expect(vendor.contactMethods.find(({ id }) => id === 'e2')).toMatchObject({ externalId: 'crm/2' })
  })

  it('of what is there sends nothing; of nothing takes all away', async () => {
    const { contacts, contactMethods, requests } = seeded()
    const { contactMethods: methods } = await contacts.get(C)
    requests()
    const same = methods.map(({ id, type, value, primary }) => ({ ...(id && { id }), type, value, primary }))
    expect(await contactMethods.sync(C, same)).toEqual({ created: [], updated: [], deleted: [] })
    expect(requests()).toEqual(['GET /clients/{id}/contact-methods'])
    expect([...(await contactMethods.sync(C, [])).deleted].sort()).toEqual(['e1', 'e2', 'p1'])
    expect(await contacts.find(C)).toBeUndefined()
  })

  it('gives a client its first methods', async () => {
    const { contactMethods } = seeded()
    const { created } = await contactMethods.sync('new', [email('n@example.com', { primary: true })])
    expect(created).toMatchObject([{ value: 'n@example.com', primary: true }])
  })

  it('whose answer is lost is not sent again', async () => {
    const { contactMethods, vendor } = seeded()
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    const result = await contactMethods.sync(C, [
      { id: 'e1', ...email('a@example.com') },
      email('n@example.com'),
    ])
    expect([result.created.length, result.updated.length, [...result.deleted].sort()]).toEqual([
      1,
      1,
      ['e2', 'p1'],
    ])
    expect(vendor.requests.filter(({ path }) => path.endsWith('/sync'))).toHaveLength(1)
  })

  it('refuses two primaries of a type before anything is sent', async () => {
    const { contactMethods, requests } = seeded()
    const methods = [email('x@example.com', { primary: true }), email('y@example.com', { primary: true })]
    expect(await failure(contactMethods.sync(C, methods))).toMatchObject({ code: 'invalid_input' })
    expect(requests()).toEqual([])
  })
})
