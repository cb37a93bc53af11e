import { ContactsError } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { type ApiSetup, apiSetup, collect } from '../../testing/api-setup.ts'

type Client = ApiSetup['client']

const FINGERPRINT = 'crm-user-000000000042'

describe('refusals', () => {
  it('says not found as the vendor’s examples look for it', async () => {
    const { client } = apiSetup()
    const error = await failure(client.fetch('nope'))
    expect(error).toBeInstanceOf(ContactsError)
    expect(error instanceof Error && error.message.includes('not found')).toBe(true)
    expect(error instanceof Error && error.message.includes('Not found')).toBe(true)
  })

  it('says conflict for a fingerprint in use', async () => {
    const { client } = apiSetup()
    await client.create({ fingerprint: FINGERPRINT })
    expect(await failure(client.create({ fingerprint: FINGERPRINT }))).toMatchObject({
      code: 'conflict',
      status: 409,
      vendorCode: 'CONFLICT',
    })
  })

  it.each([
    ['unverified', { fingerprint: FINGERPRINT }, { fingerprint: FINGERPRINT }, 'conflict'],
    [
      'verified',
      { fingerprint: '18d29b66-d358-5f36-81a9-bdfcf8b73786', verifiedAt: 1 },
      { fingerprint: '' },
      'conflict',
    ],
    ['never, with too short a fingerprint,', {}, { fingerprint: '1234567890123456' }, 'invalid_input'],
  ])('does not send an ensure again when the contact is %s', async (_, existing, request, code) => {
    const { client, vendor } = apiSetup()
    vendor.seed([existing])
    const error = await failure(client.ensure(request))
    expect(error).toMatchObject({ code, status: 500, vendorCode: 'GENERIC_ERROR', retryable: false })
    expect(vendor.requests).toHaveLength(1)
  })

  it('says forbidden for the record of another account, reading and writing', async () => {
    const { client, vendor } = apiSetup()
    const [other] = vendor.seed([{ name: 'Ana' }], 'other')
    const id = other?.id ?? ''
    const refused = { code: 'forbidden', status: 403, vendorCode: 'NOT_AUTHORIZED' }
    expect(await failure(client.fetch(id))).toMatchObject(refused)
    expect(await failure(client.update(id, { name: 'Bea' }))).toMatchObject(refused)
    expect(await failure(client.delete(id))).toMatchObject(refused)
  })

  it('says unauthenticated where something removes the credential: 401 for reads, 403 for writes', async () => {
    const { vendor } = apiSetup()
    const { client } = apiSetup({
      fetch: (input, init) => {
        const headers = new Headers(init?.headers)
        headers.delete('authorization')
        return vendor.fetch(input instanceof Request ? input.url : input, { ...init, headers })
      },
    })
    expect(await failure(client.list())).toMatchObject({ code: 'unauthenticated', status: 401 })
    expect(await failure(client.create({}))).toMatchObject({ code: 'unauthenticated', status: 403 })
    expect(await failure(client.ensure({ fingerprint: FINGERPRINT }))).toMatchObject({
      code: 'unauthenticated',
      status: 403,
      message: expect.stringContaining('authorization header'),
    })
  })

  it('says rate_limited for too many listings', async () => {
    const { client } = apiSetup({ retry: false }, { chatbotkit: { pollLimit: 1 } })
    await client.list()
    expect(await failure(client.list())).toMatchObject({ code: 'rate_limited', vendorCode: 'LIMITS_REACHED' })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'rate_limited' })
  })

  it('sees the error in a 200', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    const [ana] = vendor.seed([{ name: 'Ana' }])
    vendor.faults.add({ errorObject: true, times: 3 })
    const expected = { code: 'unavailable', status: 200, vendorCode: 'GENERIC_ERROR', retryable: true }
    expect(await failure(client.list())).toMatchObject({ ...expected, operation: 'listContacts' })
    expect(await failure(client.fetch(ana?.id ?? ''))).toMatchObject({
      ...expected,
      operation: 'fetchContact',
    })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'unavailable' })
  })

  it.each([
    ['a page', (client: Client) => client.list()],
    ['a contact', (client: Client) => client.fetch('c1')],
    ['a stream', (client: Client) => collect(client.list().stream())],
    ['a streamed contact', (client: Client) => collect(client.fetch('c1').stream())],
    ['a write', (client: Client) => client.update('c1', {})],
  ])('takes a page of HTML for no answer: %s', async (_, run) => {
    const { client, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ html: true, status: 200 })
    expect(await failure(run(client))).toMatchObject({ code: 'bad_response' })
    vendor.faults.add({ html: true })
    expect(await failure(run(client))).toMatchObject({ code: 'unavailable', status: 502 })
  })

  it('takes another kind of answer with nothing in it for no listing', async () => {
    for (const type of ['text/html', '']) {
      const { client } = apiSetup({
        fetch: async () => new Response('', { headers: { 'content-type': type } }),
      })
      expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'bad_response' })
    }
  })

  it('releases the connection of an answer of another kind', async () => {
    let released = false
    const body = new ReadableStream({
      cancel() {
        released = true
      },
    })
    const { client } = apiSetup({
      fetch: async () => new Response(body, { headers: { 'content-type': 'text/html' } }),
    })
    expect(await failure(collect(client.list().stream()))).toMatchObject({ code: 'bad_response' })
    expect(released).toBe(true)
  })

  it.each([
    ['createContact', (client: Client) => client.create({})],
    ['updateContact', (client: Client) => client.update('c1', {})],
    ['verifyContactSecret', (client: Client) => client.secret.verify('c1', 's1')],
  ])('takes an answer without an id for none: %s', async (operation, run) => {
    const { client } = apiSetup({ fetch: async () => Response.json({ status: 'ok' }) })
    expect(await failure(run(client))).toMatchObject({ code: 'bad_response', operation, applied: 'unknown' })
  })
})
