import { inspect } from 'node:util'
import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { contactMethods } from './contact-methods.ts'
import { type Setup, setup } from './testing/setup.ts'

const KEY = 'artu-very-secret-4711'
const EMAIL = 'very.private@example.com'
const READER = { apiKeys: { [KEY]: { permissions: ['test:contact-methods:read'] } } }

interface Case {
  readonly code: ContactsErrorCode
  readonly what: string
  readonly options?: Parameters<typeof setup>[0]
  readonly emulator?: Parameters<typeof setup>[1]
  run(setup: Setup): PromiseLike<unknown>
}

const write = ({ contacts }: Setup): PromiseLike<unknown> =>
  contacts.contactMethods.create('c', { type: 'email', value: EMAIL })

const cases: readonly Case[] = [
  { code: 'unauthenticated', what: 'a wrong key', options: { apiKey: KEY }, run: write },
  {
    code: 'forbidden',
    what: 'a key that lacks a permission',
    options: { apiKey: KEY },
    emulator: READER,
    run: write,
  },
  { code: 'not_found', what: 'an unknown client', run: ({ contacts }) => contacts.get(EMAIL) },
  {
    code: 'not_found',
    what: 'an unknown method',
    run: ({ contacts }) => contacts.contactMethods.get('nobody'),
  },
  {
    code: 'ambiguous',
    what: 'an email of two clients',
    run({ contacts, vendor }) {
      vendor.seed(['a', 'b'].map((clientId) => ({ clientId, type: 'email', value: EMAIL, isPrimary: true })))
      return contacts.get({ email: EMAIL })
    },
  },
  {
    code: 'conflict',
    what: 'a client that has methods',
    run({ contacts, vendor }) {
      vendor.seed([{ clientId: 'c', type: 'fax', value: '1' }])
      return contacts.create({ id: 'c', email: EMAIL })
    },
  },
  {
    code: 'conflict',
    what: 'a taken external id',
    run({ contacts, vendor }) {
      vendor.seed([{ clientId: 'c', type: 'fax', value: '1', externalId: EMAIL }])
      return contacts.contactMethods.create('c', { type: 'email', value: EMAIL, externalId: EMAIL })
    },
  },
  {
    code: 'invalid_input',
    what: 'no email address',
    run: ({ contacts }) => contacts.create({ id: 'c', email: 'very.private' }),
  },
  {
    code: 'invalid_input',
    what: 'what the server refuses',
    emulator: { ids: 'uuid' },
    run: ({ contacts }) => contacts.contactMethods.create('very.private', { type: 'email', value: EMAIL }),
  },
  {
    code: 'unsupported',
    what: 'an upsert by email',
    run: ({ contacts }) => contacts.upsert({ email: EMAIL }, { by: 'email' as never }),
  },
  {
    code: 'unsupported_field',
    what: 'a name',
    run: ({ contacts }) => contacts.create({ id: 'c', email: EMAIL, name: EMAIL } as never),
  },
  {
    code: 'rate_limited',
    what: 'a 429 that asks for a long wait',
    run(made) {
      made.vendor.faults.add({ retryAfter: 3600 })
      return write(made)
    },
  },
  {
    code: 'network',
    what: 'a connection that is cut',
    run(made) {
      made.vendor.faults.add({ cut: 'answer' })
      return write(made)
    },
  },
  {
    code: 'timeout',
    what: 'an answer that does not come',
    options: { retry: false, timeoutMs: 5 },
    run(made) {
      made.vendor.faults.add({ stall: 'answer' })
      return write(made)
    },
  },
  {
    code: 'unavailable',
    what: 'a page of HTML instead of an answer',
    options: { retry: false },
    run(made) {
      made.vendor.faults.add({ html: true })
      return made.contacts.list()
    },
  },
  {
    code: 'bad_response',
    what: 'a torn answer',
    options: { retry: false },
    run(made) {
      made.vendor.seed([{ clientId: 'c', type: 'email', value: EMAIL }])
      made.vendor.faults.add({ truncateBytes: 20 })
      return made.contacts.list()
    },
  },
  {
    code: 'bad_response',
    what: 'a record that cannot be read',
    run(made) {
      made.vendor.seed([{ clientId: 'c', type: 'email', value: EMAIL }])
      made.vendor.faults.add({
        malformed: { index: 0, record: (record) => ({ ...record, value: { EMAIL } }) },
      })
      return made.contacts.list()
    },
  },
  {
    code: 'config',
    what: 'a blank key',
    run: async () => contactMethods({ apiKey: ' ', environment: 'test' }),
  },
]

/** Everything that a program could print of an error. */
function printed(error: unknown): string {
  const parts: string[] = []
  for (let at = error; at !== undefined && at !== null; at = at instanceof Error ? at.cause : undefined) {
    parts.push(inspect(at, { depth: null, showHidden: true }), JSON.stringify(at))
    if (at instanceof Error) parts.push(at.message, at.stack ?? '')
  }
  return parts.join('\n')
}

describe('errors', () => {
  it.each(cases)('$code: $what', async ({ code, options, emulator, run }) => {
    const made = setup({ headers: { 'x-trace': 'private-trace-value' }, ...options }, emulator)
    const error = await failure(run(made))
    expect(error).toMatchObject({ code, provider: 'contact-methods' })
    expect(ContactsError.is(error)).toBe(true)
    const text = printed(error)
    for (const secret of [KEY, EMAIL, 'artu-emulator', 'private-trace-value', 'very.private']) {
      expect(text).not.toContain(secret)
    }
  })

  it('has a case for every code', () => {
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
    expect(new Set(cases.map(({ code }) => code))).toEqual(new Set(Object.keys(codes)))
  })

  it('names the permission that is missing', async () => {
    const error = await failure(write(setup({ apiKey: KEY }, READER)))
    expect(error).toMatchObject({
      status: 403,
      vendorCode: 'FORBIDDEN',
      message: expect.stringContaining('API key lacks permission: test:contact-methods:create'),
    })
  })

  it('passes on what the server finds wrong', async () => {
    const { contacts } = setup({}, { ids: 'uuid' })
    const error = await failure(
      contacts.api.contactMethods.create({ clientId: 'x', type: 'email', value: '' }),
    )
    expect(error).toMatchObject({
      code: 'invalid_input',
      vendorCode: 'BAD_REQUEST',
      issues: [{ path: 'clientId' }, { path: 'value' }],
    })
  })

  it.each(['orpc-1', 'orpc-2', 'message'] as const)('reads the error body %s', async (errorBody) => {
    const { contacts } = setup({}, { errorBody })
    const error = await failure(contacts.contactMethods.get('x'))
    expect(error).toMatchObject({
      code: 'not_found',
      status: 404,
      message: expect.stringContaining('Contact method not found'),
    })
    expect(ContactsError.is(error) && error.vendorCode).toBe(
      errorBody === 'message' ? undefined : 'NOT_FOUND',
    )
  })
})
