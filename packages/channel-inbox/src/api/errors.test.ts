import type { ErrorClassification } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { classifyInboxError } from './errors.ts'

const classify = (status: number, json: unknown): ErrorClassification =>
  classifyInboxError({ status, headers: new Headers(), json, text: '' })

describe('classifyInboxError', () => {
  it.each([
    [400, 40000, 'invalid_input'],
    [401, 40001, 'unauthenticated'],
    [403, 40003, 'forbidden'],
    [400, 40010, 'rate_limited'],
    [500, 99999, 'unavailable'],
    [403, 'LICENSE_INVALID', 'forbidden'],
  ])('reads the service’s %i %s as %s', (status, code, expected) => {
    expect(classify(status, { code, message: 'Some words' })).toMatchObject({
      code: expected,
      message: 'Some words',
      vendorCode: String(code),
    })
  })

  it('knows what stays as it is', () => {
    expect(classify(400, { code: 40010, message: 'OTP limit' }).retryable).toBe(false)
    expect(classify(500, { code: 'LICENSE_INVALID', message: 'x' }).retryable).toBe(false)
    expect(classify(500, { code: 99999, message: 'x' })).not.toHaveProperty('retryable')
  })

  it.each(['Not Found', 'not found', 'Contact not found.', 'CONTACT_NOT_FOUND'.replace('CONTACT_', '')])(
    'takes a 400 that says “%s” for not_found',
    (message) => {
      expect(classify(400, { message }).code).toBe('not_found')
      expect(classify(400, { code: 40000, message }).code).toBe('not_found')
    },
  )

  it('takes no other 400 for it', () => {
    expect(
      classify(400, { code: 40000, message: 'The team of that user was not found, so pick another' }).code,
    ).toBe('invalid_input')
    expect(classify(500, { message: 'Not Found' }).code).toBeUndefined()
  })

  it('lets an exact status stand against a general code', () => {
    expect(classify(404, { code: 40000, message: 'x' }).code).toBe('not_found')
    expect(classify(429, { code: 40000, message: 'x' }).code).toBe('rate_limited')
  })

  it.each([
    [{ code: 1, message: { message: 'inner' } }, 'inner', '1'],
    [
      { error: 'Unauthorized', message: 'Invalid API key', request_id: 'r' },
      'Invalid API key',
      'Unauthorized',
    ],
    [
      { message: 'Organization mismatch', details: { expected: 'a', received: 'b' } },
      'Organization mismatch',
      undefined,
    ],
    [
      { statusCode: 400, code: 'FST_ERR_VALIDATION', error: 'Bad Request', message: 'm' },
      'm',
      'FST_ERR_VALIDATION',
    ],
    [{ detail: 'Not authenticated' }, 'Not authenticated', undefined],
    [
      { detail: [{ loc: ['query', 'limit'], msg: 'must be a number', type: 'x' }] },
      'must be a number',
      undefined,
    ],
    [{ detail: [] }, undefined, undefined],
    [{ message: '' }, undefined, undefined],
  ])('reads %o', (json, message, vendorCode) => {
    expect(classify(418, json)).toEqual({ code: undefined, message, vendorCode })
  })

  it.each([[undefined], [null], ['text'], [[]], [5]])('leaves %o to the status', (json) => {
    expect(classify(502, json)).toEqual({})
  })

  it('is not fooled by names that objects have', () => {
    expect(classify(400, { code: 'constructor', message: 'x' }).code).toBeUndefined()
  })
})
