import { describe, expect, it } from 'vitest'
import { itemError } from './item-error.ts'

const item = { email: 'Ana@example.com', note: 'x "quoted" y', tags: ['vip-guest'], externalId: 4711 }

describe('itemError', () => {
  it('says what the provider says, without what was sent', () => {
    const error = itemError({
      provider: 'example-crm',
      operation: 'createMany',
      item,
      message: 'ana@example.com\nof 4711 has the tag vip-guest: x \\"quoted\\" y',
      code: 'conflict',
      vendorCode: 'TAKEN ana@example.com',
    })
    expect(error).toMatchObject({
      code: 'conflict',
      provider: 'example-crm',
      operation: 'createMany',
      applied: 'no',
      message:
        'example-crm createMany: this item was refused. The provider says: [redacted] of [redacted] has the tag [redacted]: [redacted]',
      vendorCode: 'TAKEN [redacted]',
    })
  })

  it('needs neither a message nor a code', () => {
    const error = itemError({ provider: 'example-crm', item })
    expect(error).toMatchObject({ code: 'invalid_input', message: 'example-crm: this item was refused.' })
    expect(error).not.toHaveProperty('vendorCode')
  })

  it('keeps texts and codes short', () => {
    const error = itemError({ provider: 'c', item, message: 'm'.repeat(1000), vendorCode: 'v'.repeat(1000) })
    expect(error.message.length).toBeLessThan(400)
    expect(error.vendorCode).toHaveLength(100)
  })
})
