import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it, vi } from 'vitest'
import { answering, apiSetup } from '../testing/setup.ts'
import { type ApiError, CognipeerClient, ContactsError } from './index.ts'

describe('a `fetch` of the user’s', () => {
  it('is called as by the vendor’s client', async () => {
    const answer = { success: true, data: { _id: 'c1', workspaceId: 'w1' } }
    const fetch = vi.fn(async (_url: unknown, _init?: RequestInit) => Response.json(answer))
    const client = new CognipeerClient({ token: 'pat_abc', hookId: 'hookabc', fetch })
    const headers = {
      'Content-Type': 'application/json',
      Authorization: 'Bearer pat_abc',
      'x-hook-id': 'hookabc',
    }
    await client.contacts.create({ email: 'ana@ex.org' })
    expect(fetch).toHaveBeenLastCalledWith(
      'https://api.cognipeer.com/v1/sdk/contact',
      expect.objectContaining({
        method: 'POST',
        headers: expect.objectContaining(headers),
        body: JSON.stringify({ email: 'ana@ex.org' }),
      }),
    )
    await client.contacts.get({ email: 'ana@ex.org' })
    expect(fetch).toHaveBeenLastCalledWith(
      'https://api.cognipeer.com/v1/sdk/contact?email=ana%40ex.org',
      expect.objectContaining({ headers: expect.objectContaining(headers) }),
    )
    await client.contacts.update({ email: 'ana@ex.org', data: { name: 'Ana' } })
    const [, init] = fetch.mock.lastCall ?? []
    expect(Object(init?.headers)['x-hook-id']).toBe('hookabc')
    expect(init?.body).toBe('{"email":"ana@ex.org","data":{"name":"Ana"}}')
  })

  it('may give no more than the vendor’s client reads', async () => {
    const fetch = vi.fn()
    const client = new CognipeerClient({ token: 't', hookId: 'h', fetch })
    fetch.mockResolvedValueOnce({
      ok: true,
      json: async () => ({ success: true, data: { _id: 'c1', workspaceId: 'w1', name: 'Ana' } }),
    })
    expect((await client.contacts.get({ email: 'ana@ex.org' })).name).toBe('Ana')
    fetch.mockResolvedValueOnce({
      ok: false,
      status: 404,
      statusText: 'Not Found',
      json: async () => ({ message: 'Contact not found', statusCode: 404 }),
    })
    await expect(client.contacts.get({ email: 'ana@ex.org' })).rejects.toThrow('not found')
    fetch.mockResolvedValueOnce(new Response(JSON.stringify({ success: true, data: { _id: 'c2' } })))
    expect((await client.contacts.get({ email: 'ana@ex.org' }))._id).toBe('c2')
    const json = async (): Promise<unknown> => JSON.parse('<html>')
    fetch.mockResolvedValue({ ok: false, status: 500, statusText: 'Internal Server Error', json })
    expect(await failure(client.contacts.create({ email: 'ana@ex.org' }))).toMatchObject({
      code: 'unavailable',
      statusCode: 500,
    })
  })
})

describe('an error of the face', () => {
  it('has what the vendor’s `ApiError` says', async () => {
    const body = { message: 'Validation failed', statusCode: 400, details: { email: 'bad format' } }
    const contacts = answering(JSON.stringify(body), { status: 400 })
    const error: unknown = await failure(contacts.create({ email: 'x' }))
    const { message, statusCode, details } = error as ApiError
    expect(message).toContain('Validation failed')
    expect([statusCode, details]).toEqual([400, { email: 'bad format' }])
    expect(error).toBeInstanceOf(ContactsError)
    expect(error).toMatchObject({ code: 'invalid_input', status: 400, operation: 'createContact' })
  })

  it.each(['404', '400', 'success-false', 'null-data'] as const)(
    'has a status whatever the server answers (%s)',
    async (notFound) => {
      const { client } = apiSetup({}, { notFound })
      const error = await failure(client.contacts.get({ email: 'no@ex.org' }))
      expect((error as Partial<ApiError>).statusCode).toBe(notFound === '400' ? 400 : 404)
    },
  )

  it('has none where there was no answer', async () => {
    const { client, vendor } = apiSetup({ retry: false })
    vendor.faults.add({ cut: 'request' })
    const error = await failure(client.contacts.list())
    expect(error).toMatchObject({ code: 'network' })
    expect(error).not.toHaveProperty('statusCode')
  })
})
