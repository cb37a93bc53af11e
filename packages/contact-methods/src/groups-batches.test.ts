import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { C } from './testing/ana.ts'
import { email, seeded } from './testing/seeded.ts'

describe('createMany', () => {
  it.each([
    ['message alone', {}],
    ['codes, and 207', { itemError: 'coded', partialStatus: 207 }],
  ] as const)('partial: failures keep their index over requests of 250 (%s)', async (_, switches) => {
    const { contactMethods, vendor, requests } = seeded({}, switches)
    const items = Array.from({ length: 520 }, (_unused, n) => {
      if (n === 5) return email('not an address', { label: 'x' })
      return email(`n${n}@example.com`, n === 300 ? { externalId: 'crm/2' } : {})
    })
    items[510] = email('v@example.com', { verified: true })
    items[511] = email('i@example.com', { id: 'mine' })
    const { succeeded, failed, total } = await contactMethods.createMany(C, items)
    expect([total, succeeded.length]).toEqual([520, 516])
    expect(failed.map(({ index, error }) => [index, error.code])).toEqual([
      [5, 'invalid_input'],
      [300, 'conflict'],
      [510, 'unsupported_field'],
      [511, 'invalid_input'],
    ])
    for (const { index, contactMethod } of succeeded)
      expect(contactMethod.value).toBe(`n${index}@example.com`)
    expect(requests()).toEqual(Array.from({ length: 3 }, () => 'POST /contact-methods/batch'))
    expect(vendor.contactMethods).toHaveLength(519)
  })

  it('an answer that cannot be read fails its own item alone', async () => {
    const { contactMethods, vendor } = seeded()
    const withoutId = ({ id: _id, ...rest }: Readonly<Record<string, unknown>>): unknown => rest
    vendor.faults.add({ malformed: { index: 1, record: withoutId } })
    const items = [email('x@example.com'), email('y@example.com'), email('z@example.com')]
    const { succeeded, failed } = await contactMethods.createMany(C, items)
    expect(succeeded.map(({ index, contactMethod }) => [index, contactMethod.value])).toEqual([
      [0, 'x@example.com'],
      [2, 'z@example.com'],
    ])
    expect(failed).toMatchObject([{ index: 1, error: { code: 'bad_response', applied: 'yes' } }])
  })

  it('atomic: nothing is written when one cannot be, and 250 is the most', async () => {
    const { contactMethods, vendor } = seeded()
    const items = [email('x@example.com'), email('y@example.com', { externalId: 'crm/2' })]
    expect(await failure(contactMethods.createMany(C, items, { atomic: true }))).toMatchObject({
      code: 'conflict',
    })
    const many = Array.from({ length: 251 }, (_, n) => email(`n${n}@example.com`))
    expect(await failure(contactMethods.createMany(C, many, { atomic: true }))).toMatchObject({
      code: 'invalid_input',
    })
    const bad = [email('x@example.com'), email('y@example.com', { id: 'mine' })]
    expect(await failure(contactMethods.createMany(C, bad, { atomic: true }))).toMatchObject({
      code: 'invalid_input',
    })
    expect(vendor.contactMethods).toHaveLength(3)
    const { succeeded } = await contactMethods.createMany(C, items.slice(0, 1), { atomic: true })
    expect(succeeded).toHaveLength(1)
  })

  it('keeps one primary a type', async () => {
    const { contactMethods, contacts } = seeded()
    await contactMethods.createMany(C, [
      email('x@example.com', { primary: true }),
      email('y@example.com', { primary: true }),
    ])
    const primaries = (await contacts.get(C)).contactMethods.filter(({ primary }) => primary)
    expect(primaries.map(({ value }) => value)).toEqual(['y@example.com'])
  })

  it('is not sent again when its answer is lost', async () => {
    const { contactMethods, vendor } = seeded()
    vendor.faults.add({ method: 'POST', cut: 'answer' })
    const { failed } = await contactMethods.createMany(C, [email('x@example.com'), email('y@example.com')])
    expect(failed.map(({ error }) => [error.code, error.applied])).toEqual([
      ['network', 'unknown'],
      ['network', 'unknown'],
    ])
    expect(vendor.requests.filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  it('tells what the vendor says of an item without what was sent', async () => {
    const { contactMethods, vendor } = seeded()
    const message = 'Value very.private@example.com is  blocked\nby policy'
    vendor.faults.add({
      path: '/batch',
      body: { atomic: false, succeeded: [], failed: [{ index: 0, error: { message } }] },
    })
    const { failed } = await contactMethods.createMany(C, [email('very.private@example.com')])
    expect(failed[0]?.error.message).toContain('Value [redacted] is blocked by policy')
    vendor.faults.add({ path: '/batch', body: { atomic: false, succeeded: [], failed: [] } })
    const untold = await contactMethods.createMany(C, [email('x@example.com')])
    expect(untold.failed[0]?.error).toMatchObject({ code: 'bad_response', applied: 'unknown' })
  })
})
