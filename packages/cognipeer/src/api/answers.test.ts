import { ContactsError } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { answering } from '../testing/setup.ts'

const ANA = { email: 'ana@ex.org', integrationId: 'crm-7', name: 'Ana' }

describe('answers', () => {
  it.each([
    ['an answer without `success`', '{"data":{"_id":"c1"}}', 'bad_response'],
    ['an array', '[]', 'bad_response'],
    ['null', 'null', 'bad_response'],
    ['an empty body', '', 'bad_response'],
    ['damaged JSON', '{"success":true,"da', 'bad_response'],
    ['`data` that is no record', '{"success":true,"data":"c1"}', 'bad_response'],
    ['a failure with a text', '{"success":false,"error":"Something broke"}', 'unavailable'],
    ['a failure without one', '{"success":false}', 'unavailable'],
    ['a message under 200', '{"message":"Validation failed","statusCode":400}', 'invalid_input'],
    ['no data', '{"success":true,"data":null}', 'not_found'],
    ['absent data', '{"success":true}', 'not_found'],
  ])('%s: %s', async (_what, body, code) => {
    expect(await failure(answering(body).get(ANA))).toMatchObject({ code, provider: 'cognipeer' })
  })

  it('a create without data is no success', async () => {
    const error = await failure(answering('{"success":true,"data":null}').create(ANA))
    expect(error).toMatchObject({
      code: 'bad_response',
      applied: 'unknown',
      message: expect.stringContaining('look it up'),
    })
  })

  it('a listing without a list is no listing; missing numbers stay missing', async () => {
    expect(await failure(answering('{"success":true,"data":null}').list())).toMatchObject({
      code: 'bad_response',
    })
    const page = await answering('{"success":true,"data":[{"_id":"c1"}],"total":"1","more":1}').list()
    expect(page).toEqual({
      success: true,
      data: [{ _id: 'c1' }],
      total: undefined,
      page: undefined,
      limit: undefined,
    })
  })

  it('a listing is never "not found": that would be taken for a contact that is not there', async () => {
    const body = JSON.stringify({ message: 'Contact not found', statusCode: 404 })
    for (const init of [{ status: 404 }, { status: 400 }]) {
      const error = await failure(answering(body, init).list())
      expect(error).toMatchObject({
        code: 'bad_response',
        ...init,
        message: expect.stringContaining('baseUrl'),
      })
    }
    const refused = answering('{"success":false,"error":"Contact not found"}').list()
    expect(await failure(refused)).toMatchObject({ code: 'bad_response' })
  })

  it('an HTML page is no answer', async () => {
    const html = { headers: { 'content-type': 'text/html' } }
    expect(await failure(answering('<h1>Hi</h1>', html).get(ANA))).toMatchObject({ code: 'bad_response' })
    const gone = answering('<h1>Not Found</h1>', { status: 404, ...html })
    expect(await failure(gone.get(ANA))).toMatchObject({ code: 'bad_response', status: 404 })
  })

  it('201 is as good as 200', async () => {
    expect((await answering('{"success":true,"data":{"_id":"c1"}}', { status: 201 }).create(ANA))._id).toBe(
      'c1',
    )
  })
})

describe('error bodies', () => {
  it.each([
    [
      400,
      { message: 'Validation failed', statusCode: 400, details: { email: 'bad format' } },
      'invalid_input',
    ],
    [401, { message: 'Missing Authorization header', statusCode: 401 }, 'unauthenticated'],
    [403, { error: { code: 'forbidden', message: 'Hook is off', status: 403 } }, 'forbidden'],
    [404, { message: 'Contact not found', statusCode: 404 }, 'not_found'],
    [404, { success: false, error: 'Contact not found' }, 'not_found'],
    [404, { error: { code: 'not_found', message: 'Contact not found', status: 404 } }, 'not_found'],
    [404, { statusCode: 404 }, 'not_found'],
    [404, { message: 'Contact not found in this workspace' }, 'not_found'],
    [404, { message: 'Hook not found', statusCode: 404 }, 'forbidden'],
    [404, { message: 'Token not found', statusCode: 404 }, 'unauthenticated'],
    [404, { message: 'API key not found', statusCode: 404 }, 'unauthenticated'],
    [404, { message: 'Application not found', statusCode: 404 }, 'forbidden'],
    [404, { message: 'peer@hook.example not found', statusCode: 404 }, 'not_found'],
    [404, { message: 'Cannot GET /v1/sdk/contact', statusCode: 404 }, 'bad_response'],
    [400, { message: 'Contact not found', statusCode: 400 }, 'not_found'],
    [400, { message: 'Channel not found', statusCode: 400 }, 'invalid_input'],
    [409, { message: 'Duplicate', statusCode: 409 }, 'conflict'],
    [429, { message: 'Too many requests', statusCode: 429 }, 'rate_limited'],
    [500, { message: 'Contact service not found', statusCode: 500 }, 'unavailable'],
    [500, null, 'unavailable'],
    [418, { message: '' }, 'invalid_input'],
    [200, { success: false, error: 'Contact not found' }, 'not_found'],
    [200, { success: false, error: 'Peer not found' }, 'forbidden'],
    [200, { success: 0, error: 'Unauthorized' }, 'unauthenticated'],
    [200, { success: false, error: 'Email already exists' }, 'conflict'],
    [200, { success: false, error: 'Too many requests' }, 'rate_limited'],
    [200, { success: false, error: 'email must be valid' }, 'invalid_input'],
    [200, { success: false, error: { message: 'No permission' } }, 'forbidden'],
    [200, { success: false, message: 'Oh', statusCode: 404 }, 'not_found'],
  ] as const)('%i %j is %s', async (status, body, code) => {
    const error = await failure(answering(JSON.stringify(body), { status }).get(ANA))
    expect(error).toMatchObject({ code, status })
    const said = JSON.stringify(body)?.match(/"(?:message|error)":"([^"]+)"/)?.[1]
    // An address in the vendor's words is somebody's.
    const shown = said?.replace(/\S+@\S+/, '[redacted]')
    if (shown) expect(error).toMatchObject({ message: expect.stringContaining(shown) })
  })

  it('details are issues; the platform’s code is the vendor’s code', async () => {
    const details = {
      message: 'Validation failed',
      statusCode: 400,
      details: { email: 'bad format', more: { a: 1 } },
    }
    expect(await failure(answering(JSON.stringify(details), { status: 400 }).get(ANA))).toMatchObject({
      issues: [{ path: 'email', message: 'bad format' }],
    })
    const nested = { error: { code: 'unauthorized', message: 'Invalid API key', status: 401 } }
    expect(await failure(answering(JSON.stringify(nested), { status: 401 }).get(ANA))).toMatchObject({
      vendorCode: 'unauthorized',
    })
  })

  it('without a message the error names the status', async () => {
    const error = await failure(answering('{}', { status: 401 }).get(ANA))
    expect(ContactsError.is(error) && error.message).toContain('401')
  })
})
