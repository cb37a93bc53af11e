import { inspect } from 'node:util'
import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { chatbotkit } from './chatbotkit.ts'
import { type Setup, setup } from './testing/setup.ts'

const SECRET = 'sk-very-secret-4711'
const EMAIL = 'very.private@example.com'

interface Case {
  readonly code: ContactsErrorCode
  readonly what: string
  readonly options?: Parameters<typeof setup>[0]
  run(setup: Setup): PromiseLike<unknown>
}

const cases: readonly Case[] = [
  {
    code: 'unauthenticated',
    what: 'a read with a wrong secret',
    options: { secret: SECRET },
    run: ({ contacts }) => contacts.get('x'),
  },
  {
    code: 'unauthenticated',
    what: 'a write with a wrong secret',
    options: { secret: SECRET },
    run: ({ contacts }) => contacts.create({ email: EMAIL }),
  },
  {
    code: 'unauthenticated',
    what: 'a read without a token (401)',
    run: ({ contacts }) => contacts.api.clientFetch('/api/v1/contact/list', { external: true }),
  },
  {
    code: 'unauthenticated',
    what: 'a write without a token (403)',
    run: ({ contacts }) =>
      contacts.api.clientFetch('/api/v1/contact/create', {
        method: 'POST',
        record: { email: EMAIL },
        external: true,
      }),
  },
  {
    code: 'forbidden',
    what: 'a record of another account',
    async run({ contacts, vendor }) {
      const [other] = vendor.seed([{ name: 'Ana' }], 'other')
      return contacts.get(other?.id ?? '')
    },
  },
  {
    code: 'not_found',
    what: 'an unknown id',
    run: ({ contacts }) => contacts.get('c000000000000000000000009'),
  },
  {
    code: 'ambiguous',
    what: 'an email of two contacts',
    run({ contacts, vendor }) {
      vendor.seed([{ email: EMAIL }, { email: EMAIL }])
      return contacts.get({ email: EMAIL }, { scan: true })
    },
  },
  {
    code: 'conflict',
    what: 'a taken external id',
    async run({ contacts }) {
      await contacts.create({ externalId: 'user-42' })
      return contacts.create({ externalId: 'user-42', email: EMAIL })
    },
  },
  {
    code: 'invalid_input',
    what: 'no email address',
    run: ({ contacts }) => contacts.create({ email: 'very.private' }),
  },
  {
    code: 'invalid_input',
    what: 'a phone that the server refuses',
    run: ({ contacts }) => contacts.create({ email: EMAIL, phone: '+1234567890' }),
  },
  {
    code: 'unsupported',
    what: 'a scan that was not asked for',
    run: ({ contacts }) => contacts.find({ email: EMAIL } as never),
  },
  {
    code: 'unsupported_field',
    what: 'a key that is dropped',
    run: ({ contacts }) => contacts.create({ email: EMAIL, customFields: { _x: EMAIL } }),
  },
  {
    code: 'rate_limited',
    what: 'a 429 without Retry-After',
    options: { retry: false },
    run({ contacts, vendor }) {
      vendor.faults.add({
        status: 429,
        body: { code: 'LIMITS_REACHED', message: 'You have exceeded your allocated rate limits: rate/poll' },
      })
      return contacts.list()
    },
  },
  {
    code: 'rate_limited',
    what: 'a 429 that asks for a long wait',
    run({ contacts, vendor }) {
      vendor.faults.add({ retryAfter: 3600 })
      return contacts.list()
    },
  },
  {
    code: 'network',
    what: 'a connection that is cut',
    options: { retry: false },
    run({ contacts, vendor }) {
      vendor.faults.add({ cut: 'request' })
      return contacts.create({ email: EMAIL })
    },
  },
  {
    code: 'timeout',
    what: 'an answer that does not come',
    options: { retry: false, timeoutMs: 5 },
    run({ contacts, vendor }) {
      vendor.faults.add({ stall: 'answer' })
      return contacts.create({ email: EMAIL })
    },
  },
  {
    code: 'unavailable',
    what: 'a page of HTML instead of an answer',
    options: { retry: false },
    run({ contacts, vendor }) {
      vendor.faults.add({ html: true })
      return contacts.list()
    },
  },
  {
    code: 'unavailable',
    what: 'a 200 that carries an error',
    options: { retry: false },
    run({ contacts, vendor }) {
      vendor.faults.add({ errorObject: true })
      return contacts.list()
    },
  },
  {
    code: 'bad_response',
    what: 'a torn answer',
    options: { retry: false },
    run({ contacts, vendor }) {
      vendor.seed([{ email: EMAIL }])
      vendor.faults.add({ truncateBytes: 20 })
      return contacts.list()
    },
  },
  { code: 'config', what: 'a blank secret', run: async () => chatbotkit({ secret: ' ' }) },
  { code: 'config', what: 'no options', run: async () => Reflect.apply(chatbotkit, undefined, []) },
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
  it.each(cases)('$code: $what', async ({ code, options, run }) => {
    const made = setup({ headers: { 'x-trace': 'private-trace-value' }, ...options })
    const error = await failure(run(made))
    expect(error).toMatchObject({ code })
    expect(ContactsError.is(error)).toBe(true)
    const text = printed(error)
    for (const secret of [SECRET, EMAIL, 'sk-emulator', 'private-trace-value', 'very.private'])
      expect(text).not.toContain(secret)
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

  it('keeps the vendor’s words and code', async () => {
    const { contacts } = setup()
    expect(await failure(contacts.create({ phone: '+1234567890' }))).toMatchObject({
      code: 'invalid_input',
      vendorCode: 'BAD_REQUEST',
      status: 400,
      message: expect.stringContaining('"phone" must be a phone number'),
    })
  })

  it('waits as long as Retry-After says, and tries again', async () => {
    const { contacts, vendor, clock } = setup()
    vendor.seed([{ name: 'Ana' }])
    vendor.faults.add({ retryAfter: 7 })
    expect((await contacts.list()).items).toHaveLength(1)
    expect(clock.waits).toEqual([7000])
  })

  it('backs off where a 429 says nothing', async () => {
    const { contacts, vendor, clock } = setup()
    vendor.faults.add({ times: 2, status: 429, body: { code: 'LIMITS_REACHED', message: 'rate/poll' } })
    expect((await contacts.list()).items).toEqual([])
    expect(clock.waits).toEqual([125, 250])
  })

  it('does not repeat an ensure that the record’s state refuses', async () => {
    const { contacts, vendor } = setup()
    vendor.seed([{ fingerprint: 'crm-user-000000000042' }])
    const error = await failure(contacts.api.ensure({ fingerprint: 'crm-user-000000000042' }))
    expect(error).toMatchObject({ status: 500, message: expect.stringContaining('not verified') })
    expect(vendor.requests).toHaveLength(1)
  })

  it('shares the deadline among the requests of a call', async () => {
    const { contacts, vendor, clock } = setup({ deadlineMs: 60_000 })
    await contacts.create({ externalId: 'user-42' })
    vendor.faults.add({ path: '/create', retryAfter: 25 })
    vendor.faults.add({ path: '/ensure', retryAfter: 40 })
    const error = await failure(contacts.upsert({ externalId: 'user-42' }, { by: 'externalId' }))
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 40_000 })
    expect(clock.waits).toEqual([25_000])
  })

  it('keeps the deadline over all the requests of a call', async () => {
    const { contacts, vendor, clock } = setup({ deadlineMs: 40_000 })
    vendor.faults.add({ path: '/ensure', retryAfter: 50 })
    await contacts.create({ externalId: 'user-42' })
    const error = await failure(contacts.upsert({ externalId: 'user-42' }, { by: 'externalId' }))
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 50_000 })
    expect(clock.waits).toEqual([])
  })
})
