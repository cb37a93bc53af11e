import { ContactsError } from '@anycontact/core'
import type { ErrorClassification } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { asUnauthenticated, classify, classifyAnswer, isErrorBody } from './errors.ts'

const read = (status: number, json: unknown): ErrorClassification =>
  classify({ status, headers: new Headers(), json, text: '' })

describe('classify', () => {
  it.each([
    [400, 'BAD_REQUEST', 'invalid_input'],
    [401, 'NOT_AUTHENTICATED', 'unauthenticated'],
    [402, 'NO_SUBSCRIPTION', 'forbidden'],
    [403, 'NOT_AUTHORIZED', 'forbidden'],
    [404, 'NOT_FOUND', 'not_found'],
    [405, 'METHOD_NOT_ALLOWED', 'invalid_input'],
    [408, 'TIMEOUT', 'timeout'],
    [409, 'CONFLICT', 'conflict'],
    [413, 'CONTENT_TOO_LARGE', 'invalid_input'],
    [422, 'UNPROCESSABLE_ENTITY', 'invalid_input'],
    [429, 'TOO_MANY_REQUESTS', 'rate_limited'],
    [429, 'LIMITS_REACHED', 'rate_limited'],
    [500, 'INTERNAL_SERVER_ERROR', 'unavailable'],
    [500, 'GENERIC_ERROR', 'unavailable'],
    [501, 'NOT_IMPLEMENTED', 'unavailable'],
    [502, 'BAD_GATEWAY', 'unavailable'],
    [503, 'SERVICE_UNAVAILABLE', 'unavailable'],
    [504, 'GATEWAY_TIMEOUT', 'unavailable'],
  ])('%i %s is %s', (status, code, expected) => {
    const found = read(status, { code, message: 'Some words' })
    expect(found).toEqual({ code: expected, message: 'Some words', vendorCode: code })
  })

  it.each([
    ['Contact is not verified', 'conflict'],
    ['Contact is verified', 'conflict'],
    ['fingerprint is too short', 'invalid_input'],
    ['Name is required', 'invalid_input'],
    ['Alias is required', 'invalid_input'],
  ])('the 500 “%s” is a refusal: %s, and final', (message, code) => {
    expect(read(500, { message, code: 'GENERIC_ERROR' })).toEqual({
      code,
      message,
      vendorCode: 'GENERIC_ERROR',
      retryable: false,
    })
  })

  it('leaves a database error to be tried again', () => {
    const found = read(500, { message: 'System error occurred', code: 'GENERIC_ERROR' })
    expect(found).not.toHaveProperty('retryable')
  })

  it('keeps a code that is new, and leaves the rest to the status', () => {
    expect(read(418, { code: 'TEAPOT', message: 'Short and stout' })).toEqual({
      message: 'Short and stout',
      vendorCode: 'TEAPOT',
    })
    expect(read(500, { code: 'constructor', message: 'toString' }).code).toBeUndefined()
  })

  it.each([[undefined], [null], ['text'], [[]], [{ code: 5, message: 'x' }], [{ message: 'x' }]])(
    'leaves %o to the status',
    (json) => {
      expect(read(502, json)).toEqual({})
    },
  )
})

describe('classifyAnswer', () => {
  const answer = (json: unknown): ErrorClassification | undefined =>
    classifyAnswer({ status: 200, headers: new Headers(), json, text: '' })

  it.each([
    ['GENERIC_ERROR', 'unavailable', true],
    ['LIMITS_REACHED', 'rate_limited', true],
    ['TIMEOUT', 'timeout', true],
    ['BAD_REQUEST', 'invalid_input', false],
  ])('%s in a 200 is %s, to be tried again: %s', (code, expected, retryable) => {
    expect(answer({ code, message: 'x' })).toMatchObject({ code: expected, vendorCode: code, retryable })
  })

  it('takes a refusal for final', () => {
    expect(answer({ code: 'GENERIC_ERROR', message: 'Contact is verified' })).toMatchObject({
      retryable: false,
    })
  })

  it('leaves everything else to be a success', () => {
    for (const json of [{ items: [] }, { id: 'c1', code: 'X', message: 'y' }, [], null, 'text']) {
      expect(answer(json)).toBeUndefined()
    }
  })
})

describe('isErrorBody', () => {
  it('does not take records and listings for errors', () => {
    expect(isErrorBody({ code: 'X', message: 'y' })).toBe(true)
    expect(isErrorBody({ id: 'c1', code: 'X', message: 'y' })).toBe(false)
    expect(isErrorBody({ items: [], code: 'X', message: 'y' })).toBe(false)
  })
})

describe('asUnauthenticated', () => {
  const forbidden = new ContactsError({
    code: 'forbidden',
    message: 'chatbotkit create: …',
    provider: 'chatbotkit',
    operation: 'create',
    status: 403,
    vendorCode: 'NOT_AUTHORIZED',
    requestId: 'r1',
  })

  it('changes the code and the words, and keeps the rest', () => {
    expect(asUnauthenticated(forbidden)).toMatchObject({
      code: 'unauthenticated',
      provider: 'chatbotkit',
      operation: 'create',
      status: 403,
      vendorCode: 'NOT_AUTHORIZED',
      requestId: 'r1',
      message: expect.stringContaining('authorization header'),
    })
  })

  it.each([
    new ContactsError({ code: 'forbidden', message: '', status: 403 }),
    new ContactsError({ code: 'forbidden', message: '', status: 402, vendorCode: 'NO_SUBSCRIPTION' }),
    new Error('403'),
  ])('leaves other errors as they are', (error) => {
    expect(asUnauthenticated(error)).toBe(error)
  })
})
