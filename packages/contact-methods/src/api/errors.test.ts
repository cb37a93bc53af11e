import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { apiSetup } from '../testing/api-setup.ts'
import { classify } from './errors.ts'
import {
  APIError,
  ComplianceError,
  ForbiddenError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServerError,
  TimeoutError,
  UnauthorizedError,
  ValidationError,
} from './index.ts'

describe('classify', () => {
  const read = (json: unknown) => classify({ status: 400, headers: new Headers(), json, text: '' })

  it.each([
    ['BAD_REQUEST', 'invalid_input'],
    ['UNAUTHORIZED', 'unauthenticated'],
    ['FORBIDDEN', 'forbidden'],
    ['NOT_FOUND', 'not_found'],
    ['CONFLICT', 'conflict'],
    ['UNPROCESSABLE_CONTENT', 'invalid_input'],
    ['TOO_MANY_REQUESTS', 'rate_limited'],
    ['INTERNAL_SERVER_ERROR', 'unavailable'],
    ['SOMETHING_NEW', undefined],
    ['constructor', undefined],
  ])('%s is %s', (vendorCode, code) => {
    const { issues, ...rest } = read({ code: vendorCode, message: 'm' })
    expect(rest).toEqual({ vendorCode, code, message: 'm' })
    // As programs read them, which do not ask whether there are any.
    expect(issues).toEqual(code === 'invalid_input' ? [{ path: '', message: 'm' }] : undefined)
  })

  it('takes bodies of any kind', () => {
    for (const json of [
      undefined,
      null,
      'text',
      [],
      {},
      { code: {}, message: {} },
      { data: null },
      { data: { issues: 'x' } },
    ]) {
      expect(read(json)).toEqual({})
    }
    const issues = [{ path: ['items', 3, { key: 'value' }], message: 'is wrong' }, { message: 7 }, null]
    expect(read({ data: { issues } }).issues).toEqual([
      { path: 'items.3.value', message: 'is wrong' },
      { path: '', message: 'is refused' },
      { path: '', message: 'is refused' },
    ])
  })
})

describe('the vendor’s error classes', () => {
  const all = {
    APIError,
    ForbiddenError,
    NetworkError,
    NotFoundError,
    RateLimitError,
    ServerError,
    TimeoutError,
    UnauthorizedError,
    ValidationError,
  }
  const made = (code: ContactsErrorCode, provider = 'contact-methods') =>
    new ContactsError({ code, message: 'm', provider })

  it.each<[ContactsErrorCode, readonly (keyof typeof all)[]]>([
    ['not_found', ['APIError', 'NotFoundError']],
    ['unauthenticated', ['APIError', 'UnauthorizedError']],
    ['forbidden', ['APIError', 'ForbiddenError']],
    ['rate_limited', ['APIError', 'RateLimitError']],
    ['unavailable', ['APIError', 'ServerError']],
    ['network', ['APIError', 'NetworkError']],
    ['timeout', ['APIError', 'TimeoutError']],
    ['conflict', ['APIError']],
    ['bad_response', ['APIError']],
    ['invalid_input', ['ValidationError']],
    ['config', []],
  ])('%s is an instance of %j', (code, names) => {
    const error = made(code)
    expect(error).toBeInstanceOf(ComplianceError)
    expect(
      Object.keys(all)
        .filter((name) => error instanceof Reflect.get(all, name))
        .sort(),
    ).toEqual([...names].sort())
    for (const other of [made(code, 'chatbotkit'), new Error('m'), undefined]) {
      expect(
        other instanceof ComplianceError || other instanceof APIError || other instanceof NotFoundError,
      ).toBe(false)
    }
  })
})

describe('an answer to a delete', () => {
  const html = '<!doctype html><title>Log in</title>'
  it.each([
    ['a page of HTML', new Response(html, { headers: { 'content-type': 'text/html' } })],
    ['success: false', Response.json({ success: false, message: 'Not today' })],
    ['an error object', Response.json({ error: { message: 'Not today' } })],
  ])('that is %s fails, and whether it was applied is not known', async (_, answer) => {
    const { sdk } = apiSetup({ fetch: async () => answer.clone(), retry: false })
    expect(await failure(sdk.contactMethods.delete('a'))).toMatchObject({
      code: 'bad_response',
      applied: 'unknown',
    })
  })

  it.each([
    ['empty', new Response('')],
    ['204', new Response(null, { status: 204 })],
    ['JSON', Response.json({ deleted: true })],
    ['null', Response.json(null)],
  ])('that is %s has succeeded', async (_, answer) => {
    const { sdk } = apiSetup({ fetch: async () => answer })
    expect(await sdk.contactMethods.delete('a')).toBeUndefined()
  })
})
