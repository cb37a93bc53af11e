import { inspect } from 'node:util'
import { CHANNEL_INBOX_API_KEY } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { apiSetup, failure, setup } from '../testing/setup.ts'
import { ApiError, AuthError, ContactsError, ImbraceError, NetworkError } from './index.ts'

describe('the vendor’s error classes', () => {
  it.each([
    [new ImbraceError('x'), 'ImbraceError', 'x', 'bad_response'],
    [new AuthError(), 'AuthError', 'Unauthorized', 'unauthenticated'],
    [new AuthError('No'), 'AuthError', 'No', 'unauthenticated'],
    [new ApiError(404, 'Not Found'), 'ApiError', '[404] Not Found', 'not_found'],
    [new ApiError(500, ''), 'ApiError', '[500] ', 'unavailable'],
    [new NetworkError(), 'NetworkError', 'Network error or server unreachable', 'network'],
  ])('are made as there: %s', (error, name, message, code) => {
    expect(error).toBeInstanceOf(ImbraceError)
    expect(error).toBeInstanceOf(ContactsError)
    expect(ContactsError.is(error)).toBe(true)
    expect(error).toMatchObject({ name, message, code, provider: 'channel-inbox' })
  })

  it('have the status, and may be extended', () => {
    expect(new ApiError(422, 'x')).toMatchObject({ statusCode: 422, status: 422, code: 'invalid_input' })
    class Gone extends ApiError {
      constructor() {
        super(410, 'gone')
        this.name = 'Gone'
      }
    }
    const error = new Gone()
    expect(error.name).toBe('Gone')
    expect(error).toBeInstanceOf(ApiError)
    expect(Object.keys(new ImbraceError('x'))).not.toContain('name')
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      statusCode: 410,
      status: 410,
      code: 'not_found',
    })
  })
})

/** As the vendor's documentation handles errors. */
async function handled(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
    return 'no error'
  } catch (e) {
    if (e instanceof AuthError) return 'Invalid credentials'
    if (e instanceof ApiError) return `[${e.statusCode}] ${e.message}`
    if (e instanceof NetworkError) return 'Gateway unreachable'
    throw e
  }
}

describe('what the client throws', () => {
  it.each([401, 403])('is AuthError for %i', async (status) => {
    const { client, vendor } = apiSetup()
    vendor.faults.add({ status, body: { message: 'Unauthorized' } })
    const error = await failure(client.contacts.list())
    expect(error).toBeInstanceOf(AuthError)
    expect(error).toMatchObject({ name: 'AuthError', status, operation: 'list' })
    expect(error).toHaveProperty('message', expect.stringMatching(new RegExp(`^Auth failed \\[${status}\\]`)))
  })

  it('is AuthError where there is no credential', async () => {
    const { client, vendor } = apiSetup({ apiKey: undefined })
    expect(await handled(() => client.contacts.list())).toBe('Invalid credentials')
    expect(vendor.requests).toEqual([])
  })

  it.each([400, 404, 409, 422, 429, 500, 503])('is ApiError for %i', async (status) => {
    const { client, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ times: 2, status, body: { message: 'Contact not found' } })
    const error = await failure(client.contacts.get('con_1'))
    expect(error).toBeInstanceOf(ApiError)
    expect(error).toMatchObject({ name: 'ApiError', statusCode: status, status })
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(new RegExp(`^\\[${status}\\] .*Contact not found`)),
    )
    expect(await handled(() => client.api.channel.getContact({ id: 'con_1' }))).toContain(
      `[${status}] [${status}]`,
    )
  })

  it('is ApiError for a contact that is not there', async () => {
    const { client } = apiSetup()
    const error = await failure(client.contacts.get('con_none'))
    expect(error instanceof ApiError && error.statusCode === 404).toBe(true)
    expect(error).toMatchObject({
      code: 'not_found',
      operation: 'get',
      provider: 'channel-inbox',
      applied: 'no',
    })
  })

  it('is NetworkError for a connection that fails, and for what takes too long', async () => {
    const refused = apiSetup({
      retry: false,
      fetch: () => Promise.reject(new TypeError('fetch failed')),
    }).client
    expect(await failure(refused.contacts.list())).toBeInstanceOf(NetworkError)
    const { client, vendor } = apiSetup({ retry: false, timeout: 5 })
    vendor.faults.add({ stall: 'request' })
    const error = await failure(client.contacts.list())
    expect(error).toBeInstanceOf(NetworkError)
    expect(error).toMatchObject({ name: 'NetworkError', code: 'timeout' })
    vendor.faults.add({ stall: 'answer' })
    expect(await failure(client.contacts.list())).toBeInstanceOf(NetworkError)
  })

  it('is ImbraceError for what cannot be sent, and for an answer that makes no sense', async () => {
    const { client, vendor } = apiSetup()
    const calls = [
      () => client.contacts.get(' '),
      () => client.contacts.search({} as never),
      () => client.api.channel.deleteContact({} as never),
    ]
    for (const call of calls) {
      const error = await failure(call())
      expect(error).toBeInstanceOf(ImbraceError)
      expect(error).toMatchObject({ name: 'ImbraceError', code: 'invalid_input' })
    }
    vendor.faults.add({ status: 200, body: { data: 5 } })
    const unread = await failure(client.contacts.list())
    expect(unread).toMatchObject({ name: 'ImbraceError', code: 'bad_response' })
    vendor.faults.add({ times: 2, html: true, status: 200 })
    expect(await failure(client.contacts.exportCsv())).toBeInstanceOf(ImbraceError)
    expect(await failure(client.contacts.exportCsvStream())).toBeInstanceOf(ImbraceError)
  })

  it('is a caller’s own abort as it is, whatever it is', async () => {
    const { client } = apiSetup()
    const reason = new ContactsError({ code: 'conflict', message: 'Mine.' })
    expect(await failure(client.contacts.list({}, { signal: AbortSignal.abort(reason) }))).toBe(reason)
  })

  it('keeps what our errors know', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    vendor.faults.add({
      status: 503,
      headers: { 'retry-after': '7' },
      body: { code: 99999, message: 'Down' },
    })
    expect(await failure(client.api.channel.createContact({ body: {} }))).toMatchObject({
      code: 'unavailable',
      status: 503,
      statusCode: 503,
      applied: 'unknown',
      retryAfterMs: 7000,
      vendorCode: '99999',
      requestId: expect.any(String),
    })
  })

  it('tells nothing that was sent', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    for (const status of [400, 401, 500]) {
      const body = { message: `ana.secret@example.com is taken, says ${CHANNEL_INBOX_API_KEY}` }
      vendor.faults.add({ status, body })
      const error = await failure(
        client.api.channel.createContact({ body: { email: 'ana.secret@example.com' } }),
      )
      const told = [
        inspect(error, { depth: 9, showHidden: true }),
        JSON.stringify(error),
        String(error),
      ].join('\n')
      expect(told).not.toContain('ana.secret')
      expect(told).not.toContain(CHANNEL_INBOX_API_KEY)
      expect(told).toContain(`[${status}]`)
    }
  })

  it('is of our class alone in a normalized client', async () => {
    const { contacts, vendor } = setup()
    vendor.faults.add({ status: 404, body: { message: 'Contact not found' } })
    const error = await failure(contacts.get('con_1'))
    expect(error).not.toBeInstanceOf(ImbraceError)
    expect(error).toMatchObject({
      name: 'ContactsError',
      message: expect.stringMatching(/^channel-inbox get:/),
    })
    expect(await failure(contacts.api.contacts.get('con_none'))).toBeInstanceOf(ApiError)
  })
})
