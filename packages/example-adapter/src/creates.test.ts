import type { FetchFunction } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { createServer } from './testing/server.ts'
import { setUp } from './testing/setup.ts'

describe('a create whose answer is lost', () => {
  /** Loses the answer to the first create. */
  function losing(fetch: FetchFunction): FetchFunction {
    let isLost = false
    return async (input, init) => {
      const answer = await fetch(input, init)
      if (init?.method !== 'POST' || isLost) return answer
      isLost = true
      throw new TypeError('fetch failed')
    }
  }

  it('is sent again, because the CRM takes an address once, and what it made is found', async () => {
    const server = createServer()
    const { contacts } = setUp({ fetch: losing(server.fetch) })
    const input = { name: 'Ana', email: 'Ana@Example.com', customFields: { seats: 3 } }
    const ana = await contacts.create(input)
    expect(ana).toMatchObject({ id: '1', email: 'ana@example.com', customFields: { seats: 3 } })
    expect(server.requests).toEqual([
      'POST /people',
      'POST /people',
      'GET /people/by/email/Ana%40Example.com',
    ])
    expect(await contacts.count()).toBe(1)
  })

  it('is a conflict when what has the address is another', async () => {
    const server = createServer()
    await setUp({ fetch: server.fetch }).contacts.create({ name: 'Eva', email: 'ana@example.com' })
    const { contacts } = setUp({ fetch: losing(server.fetch) })
    const error = await failure(contacts.create({ name: 'Ana', email: 'ana@example.com' }))
    expect(error).toMatchObject({ code: 'conflict', applied: 'no' })
  })

  it('stays unknown without a key, and is not sent again', async () => {
    const server = createServer()
    const { contacts } = setUp({ fetch: losing(server.fetch) })
    const error = await failure(contacts.create({ name: 'Ana' }))
    expect(error).toMatchObject({ code: 'network', applied: 'unknown', retryable: false })
    expect(server.requests).toEqual(['POST /people'])
  })
})

it('creates one contact when the address is taken already', async () => {
  const { contacts, server } = setUp()
  await contacts.create({ name: 'Ana', email: 'ana@example.com' })
  const error = await failure(contacts.create({ name: 'Ana', email: 'ana@example.com' }))
  expect(error).toMatchObject({ code: 'conflict', applied: 'no', vendorCode: 'taken' })
  expect(String(error)).not.toContain('ana@example.com')
  expect(server.requests).toHaveLength(2)
})
