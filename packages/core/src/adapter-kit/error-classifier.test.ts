import { describe, expect, it } from 'vitest'
import type { ErrorClassification } from '../http/types.ts'
import { isPlainObject } from '../model/json.ts'
import { errorClassifier } from './error-classifier.ts'

const classifier = errorClassifier({
  read: ({ error, message, code, issues }, { status }) => {
    if (isPlainObject(error)) return { message: error.message, code: error.code, as: 'conflict', final: true }
    if (message === undefined) return undefined
    const found = Array.isArray(issues) ? [{ path: 'email', message: 'is wrong' }] : []
    return { message, code, issues: found, ...(status === 402 && { as: 'forbidden' as const }) }
  },
  codes: { TAKEN: 'conflict', 40010: 'rate_limited', DENIED: 'forbidden' },
  final: ['40010'],
  notFoundText: /^not found$/i,
})
const classify = (status: number, json: unknown): ErrorClassification =>
  classifier({ status, headers: new Headers(), json, text: '' })

describe('errorClassifier', () => {
  it('reads message, code and issues', () => {
    expect(classify(400, { message: 'Taken', code: 'TAKEN', issues: [] })).toStrictEqual({
      code: 'conflict',
      message: 'Taken',
      vendorCode: 'TAKEN',
      issues: [{ path: 'email', message: 'is wrong' }],
    })
  })

  it('takes a code that is a number, and knows which answers are final', () => {
    expect(classify(400, { message: 'Slow', code: 40010 })).toStrictEqual({
      code: 'rate_limited',
      message: 'Slow',
      vendorCode: '40010',
      retryable: false,
    })
  })

  it('leaves what it does not know to the status', () => {
    expect(classify(418, { message: 'Short', code: 'TEAPOT' })).toStrictEqual({
      message: 'Short',
      vendorCode: 'TEAPOT',
    })
    expect(classify(500, { message: 'x', code: 'constructor' }).code).toBeUndefined()
    expect(classify(400, { message: ' ', code: { a: 1 } })).toStrictEqual({})
    for (const json of [undefined, null, 'text', [], 5, {}]) expect(classify(404, json)).toStrictEqual({})
  })

  it('takes a 404 of somebody else for what the rules say', () => {
    const strict = errorClassifier({
      read: ({ code }) => (typeof code === 'string' ? { code } : undefined),
      foreign404: 'bad_response',
    })
    const read = (status: number, json: unknown): ErrorClassification =>
      strict({ status, headers: new Headers(), json, text: '' })
    for (const json of [undefined, [], {}]) expect(read(404, json)).toStrictEqual({ code: 'bad_response' })
    expect(read(404, { code: 'NONE' }).code).toBe('not_found')
    expect(read(500, undefined)).toStrictEqual({})
  })

  it('believes the body where it says more than its code', () => {
    expect(classify(429, { error: { message: 'Is verified', code: 'DENIED' } })).toStrictEqual({
      code: 'conflict',
      message: 'Is verified',
      vendorCode: 'DENIED',
      retryable: false,
    })
    expect(classify(402, { message: 'Pay', code: 'TAKEN' }).code).toBe('forbidden')
  })

  it('believes a 404 and a 429 more than the code', () => {
    expect(classify(404, { message: 'x', code: 'DENIED' }).code).toBe('not_found')
    expect(classify(429, { message: 'x', code: 'DENIED' }).code).toBe('rate_limited')
    expect(classify(403, { message: 'x', code: 'DENIED' }).code).toBe('forbidden')
  })

  it('takes a 400 that says so for not_found, and no other answer', () => {
    expect(classify(400, { message: 'Not found', code: 'DENIED' }).code).toBe('not_found')
    expect(classify(400, { message: 'Not found here', code: 'DENIED' }).code).toBe('forbidden')
    expect(classify(500, { message: 'Not found' }).code).toBeUndefined()
  })
})
