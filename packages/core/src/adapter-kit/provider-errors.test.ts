import { describe, expect, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { providerErrors } from './provider-errors.ts'

const { who, badAnswer, badInput, badRecord, notFound, badConfig } = providerErrors('example-crm')

describe('providerErrors', () => {
  it('begins messages with the provider and the operation', () => {
    expect(who('list')).toBe('example-crm list:')
    expect(who(undefined)).toBe('example-crm:')
  })

  it.each([
    [
      badAnswer('the answer has no `id`.', 'create'),
      'bad_response',
      'example-crm create: the answer has no `id`.',
      undefined,
    ],
    [
      badRecord('created_at', 'is no time'),
      'bad_response',
      'example-crm: a record cannot be read: created_at is no time.',
      [{ path: 'created_at', message: 'is no time' }],
    ],
    [badInput('Give a file.'), 'invalid_input', 'Give a file. Nothing was sent.', undefined],
    [
      badInput(
        [
          { path: 'id', message: 'must be given' },
          { path: '', message: 'holds nothing' },
        ],
        'create',
      ),
      'invalid_input',
      'The input cannot be sent: id must be given; it holds nothing. Nothing was sent.',
      [
        { path: 'id', message: 'must be given' },
        { path: '', message: 'holds nothing' },
      ],
    ],
    [
      notFound('contact with that email', 'get'),
      'not_found',
      'example-crm get: contact with that email not found.',
      undefined,
    ],
    [badConfig('`token` must be given.'), 'config', 'example-crm: `token` must be given.', undefined],
  ])('makes %s', (error, code, message, issues) => {
    expect(ContactsError.is(error)).toBe(true)
    expect(error).toMatchObject({ code, message, provider: 'example-crm', applied: 'no', retryable: false })
    expect(error.issues).toEqual(issues)
  })

  it('keeps the operation', () => {
    expect([badAnswer('x.', 'a'), badInput('x.', 'b'), notFound('x', 'c')].map((e) => e.operation)).toEqual([
      'a',
      'b',
      'c',
    ])
  })
})
