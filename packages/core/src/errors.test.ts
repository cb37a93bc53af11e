import { inspect } from 'node:util'
import { describe, expect, it, vi } from 'vitest'
import { ContactsError, type ContactsErrorCode, type ContactsErrorInit } from './errors.ts'

const codes: Record<ContactsErrorCode, true> = {
  unauthenticated: true,
  forbidden: true,
  not_found: true,
  ambiguous: true,
  conflict: true,
  invalid_input: true,
  unsupported: true,
  unsupported_field: true,
  rate_limited: true,
  timeout: true,
  network: true,
  unavailable: true,
  bad_response: true,
  config: true,
}

const full = {
  code: 'rate_limited',
  message: 'Too many requests. Wait before the next one.',
  provider: 'crm',
  operation: 'upsert',
  applied: 'unknown',
  status: 429,
  retryable: true,
  retryAfterMs: 1500,
  requestId: 'req-1',
  issues: [{ path: 'email', message: 'is wrong' }],
  vendorCode: 'SLOW_DOWN',
} as const satisfies ContactsErrorInit

describe('ContactsError', () => {
  it.each(Object.keys(codes) as ContactsErrorCode[])('carries the code %s', (code) => {
    expect(new ContactsError({ code, message: 'Something.' }).code).toBe(code)
  })

  it('is an Error with everything it was made from', () => {
    const error = new ContactsError(full)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject(full)
    expect(error.name).toBe('ContactsError')
    expect(String(error)).toBe('ContactsError: Too many requests. Wait before the next one.')
  })

  it('begins its stack with its own name, as loggers print the stack alone', () => {
    expect(new ContactsError(full).stack).toMatch(/^ContactsError: Too many requests/)
  })

  it('has no members for what it was not told', () => {
    const error = new ContactsError({ code: 'config', message: 'No.', provider: undefined })
    expect(Object.keys(error).sort()).toEqual(['applied', 'code', 'retryable'])
    expect(error.applied).toBe('no')
    expect(error.retryable).toBe(false)
    expect('provider' in error).toBe(false)
    expect('cause' in error).toBe(false)
  })

  it('keeps the cause, but not among what is printed as data', () => {
    const cause = new TypeError('fetch failed')
    const error = new ContactsError({ code: 'network', message: 'No answer.', cause })
    expect(error.cause).toBe(cause)
    expect(Object.keys(error)).not.toContain('cause')
    expect(JSON.stringify(error)).not.toContain('fetch failed')
  })

  describe('toJSON', () => {
    it('gives everything but the stack and the cause', () => {
      const error = new ContactsError({ ...full, cause: new Error('inner') })
      expect(JSON.parse(JSON.stringify(error))).toEqual({ name: 'ContactsError', ...full })
    })

    it('leaves out what is absent', () => {
      const error = new ContactsError({ code: 'conflict', message: 'Taken.' })
      expect(error.toJSON()).toStrictEqual({
        name: 'ContactsError',
        code: 'conflict',
        message: 'Taken.',
        applied: 'no',
        retryable: false,
      })
    })
  })

  it('is inspected with its name, message, code and cause, and without its brand', () => {
    const text = inspect(new ContactsError({ ...full, cause: new Error('inner failure') }))
    expect(text).toMatch(/^ContactsError: Too many requests/)
    expect(text).toContain("code: 'rate_limited'")
    expect(text).toContain('inner failure')
    expect(text).not.toContain('anycontact.ContactsError')
    expect(text).not.toContain('undefined')
  })

  describe('is', () => {
    it('knows the errors of another copy of the package', async () => {
      vi.resetModules()
      const copy = await import('./errors.ts')
      expect(copy.ContactsError).not.toBe(ContactsError)
      const theirs = new copy.ContactsError({ code: 'conflict', message: 'Taken.' })
      expect(theirs).not.toBeInstanceOf(ContactsError)
      expect(ContactsError.is(theirs)).toBe(true)
      expect(copy.ContactsError.is(new ContactsError(full))).toBe(true)
    })

    it.each([
      undefined,
      null,
      'conflict',
      42,
      new Error('conflict'),
      { code: 'conflict', message: 'Taken.' },
      { name: 'ContactsError', code: 'conflict', message: 'Taken.' },
      Object.assign(new Error('Taken.'), { name: 'ContactsError', code: 'conflict' }),
      () => undefined,
    ])('is not taken in by %o', (value) => {
      expect(ContactsError.is(value)).toBe(false)
    })
  })
})
