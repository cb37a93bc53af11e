import { describe, expect, it } from 'vitest'
import { CallScope } from '../call/scope.ts'
import { systemClock } from '../call/timing.ts'
import { ContactsError } from '../errors.ts'
import { failure } from './test-clock.ts'
import { createTransport, type Transport } from './transport.ts'

class VendorError extends ContactsError {}

type Route = 'get' | 'list'

function transport(answer: () => Promise<Response>): Transport<Route> {
  return createTransport<Route>({
    provider: 'crm',
    defaultBaseUrl: 'https://crm.test',
    fetch: answer,
    retry: false,
    routes: {
      get: { method: 'GET', path: '/people/1' },
      list: { method: 'GET', path: '/people', alwaysThere: true },
    },
    faceError: (error) => new VendorError({ ...error.toJSON(), message: `Vendor: ${error.message}` }),
  })
}

const absent = (): Promise<Response> => Promise.resolve(Response.json({}, { status: 404 }))

describe('faceError', () => {
  it.each(['json', 'done', 'bytes', 'stream'] as const)('makes what the face throws: %s', async (method) => {
    const error = await failure(transport(absent)[method]('get'))
    expect(error).toBeInstanceOf(VendorError)
    expect(error).toMatchObject({ code: 'not_found', message: expect.stringMatching(/^Vendor: crm get/) })
  })

  it('is asked last, after what a listing is sure of', async () => {
    const { json, done } = transport(absent)
    expect(await failure(json('list'))).toMatchObject({ code: 'bad_response' })
    expect(await failure(done('list'))).toBeInstanceOf(VendorError)
  })

  it('is asked about an answer that cannot be read', async () => {
    const { json } = transport(() => Promise.resolve(Response.json({})))
    const read = (): never => {
      throw new ContactsError({ code: 'bad_response', message: 'No record.' })
    }
    expect(await failure(json('get', {}, {}, read))).toBeInstanceOf(VendorError)
  })

  it('is not asked about what an adapter is told', async () => {
    const call = new CallScope({}, { provider: 'crm', operation: 'get', clock: systemClock })
    const error = await failure(transport(absent).json('get', {}, call))
    expect(ContactsError.is(error)).toBe(true)
    expect(error).not.toBeInstanceOf(VendorError)
  })

  it('is not asked about a caller’s own abort, whatever that is', async () => {
    const reason = new ContactsError({ code: 'conflict', message: 'Mine.' })
    expect(await failure(transport(absent).json('get', {}, { signal: AbortSignal.abort(reason) }))).toBe(
      reason,
    )
  })
})
