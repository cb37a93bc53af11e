import { inspect } from 'node:util'
import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { CHANNEL_INBOX_JWT, CHANNEL_INBOX_ORGANIZATION } from '@anycontact/emulator'
import { describe, expect, it } from 'vitest'
import { channelInbox } from './channel-inbox.ts'
import { failure, first, type Setup, setup } from './testing/setup.ts'

const KEY = 'api_very_secret_4711'
const EMAIL = 'very.private@example.com'

interface Case {
  readonly code: ContactsErrorCode
  readonly what: string
  readonly options?: Parameters<typeof setup>[0]
  readonly server?: Parameters<typeof setup>[1]
  run(setup: Setup): PromiseLike<unknown>
}

const once = { retry: false } as const
const organization = { tokens: { [CHANNEL_INBOX_JWT]: 'org_other' } }

const cases: readonly Case[] = [
  {
    code: 'unauthenticated',
    what: 'an unknown key',
    options: { apiKey: KEY },
    run: ({ contacts }) => contacts.get('con_1'),
  },
  {
    code: 'unauthenticated',
    what: 'an unknown token',
    options: { apiKey: undefined, accessToken: KEY },
    run: ({ contacts }) => contacts.list(),
  },
  {
    code: 'forbidden',
    what: 'a scoped key',
    options: { apiKey: KEY },
    server: { apiKeys: { [KEY]: { organization: CHANNEL_INBOX_ORGANIZATION, scoped: true } } },
    run: ({ contacts }) => contacts.list(),
  },
  {
    code: 'forbidden',
    what: 'another organization',
    options: {
      apiKey: undefined,
      accessToken: CHANNEL_INBOX_JWT,
      organizationId: CHANNEL_INBOX_ORGANIZATION,
    },
    server: organization,
    run: ({ contacts }) => contacts.list(),
  },
  {
    code: 'not_found',
    what: 'an unknown id, under 400',
    server: { notFoundStatus: 400 },
    run: ({ contacts }) => contacts.get('con_none'),
  },
  {
    code: 'not_found',
    what: 'an unknown id, under 404',
    server: { notFoundStatus: 404 },
    run: ({ contacts }) => contacts.get('con_none'),
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
    what: 'a value in use, should the inbox have such',
    run({ contacts, vendor }) {
      vendor.faults.add({ status: 409, body: { message: `${EMAIL} is in use` } })
      return contacts.update('con_1', { email: EMAIL })
    },
  },
  {
    code: 'invalid_input',
    what: 'a refusal that quotes what was sent',
    run({ contacts, vendor }) {
      vendor.faults.add({
        status: 400,
        body: { code: 40000, message: `"email" of ${EMAIL} for ${KEY} is bad` },
      })
      return contacts.update('con_1', { email: EMAIL }, { headers: { 'x-more': KEY } })
    },
  },
  {
    code: 'invalid_input',
    what: 'no email address',
    run: ({ contacts }) => contacts.update('con_1', { email: 'very.private' }),
  },
  {
    code: 'unsupported',
    what: 'a scan that was not asked for',
    run: ({ contacts }) => contacts.find({ email: EMAIL } as never),
  },
  {
    code: 'unsupported_field',
    what: 'a field that the server passed over',
    server: { requests: 'web' },
    async run({ contacts, vendor }) {
      return contacts.update(first(vendor.seed([{}])).id, { name: EMAIL })
    },
  },
  {
    code: 'rate_limited',
    what: 'a plain 429',
    options: once,
    server: { rateLimit: 0 },
    run: ({ contacts }) => contacts.list(),
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
    options: once,
    run({ contacts, vendor }) {
      vendor.faults.add({ cut: 'request' })
      return contacts.update('con_1', { email: EMAIL })
    },
  },
  {
    code: 'timeout',
    what: 'an answer that does not come',
    options: { ...once, timeoutMs: 5 },
    run({ contacts, vendor }) {
      vendor.faults.add({ stall: 'answer' })
      return contacts.search(EMAIL)
    },
  },
  {
    code: 'unavailable',
    what: 'a page of HTML instead of an answer',
    options: once,
    run({ contacts, vendor }) {
      vendor.faults.add({ html: true })
      return contacts.search(EMAIL)
    },
  },
  {
    code: 'unavailable',
    what: 'the service’s own 500',
    options: once,
    run({ contacts, vendor }) {
      vendor.faults.add({ status: 500 })
      return contacts.search(EMAIL)
    },
  },
  {
    code: 'bad_response',
    what: 'a torn answer',
    options: once,
    run({ contacts, vendor }) {
      vendor.seed([{ email: EMAIL }])
      vendor.faults.add({ truncateBytes: 400 })
      return contacts.list()
    },
  },
  {
    code: 'bad_response',
    what: 'HTML under 200',
    run({ contacts, vendor }) {
      vendor.faults.add({ html: true, status: 200 })
      return contacts.list()
    },
  },
  {
    code: 'bad_response',
    what: 'a record that cannot be mapped',
    run({ contacts, vendor }) {
      vendor.faults.add({ status: 200, body: { id: 'con_1', email: [EMAIL] } })
      return contacts.get('con_1')
    },
  },
  { code: 'config', what: 'a blank key', run: async () => channelInbox({ apiKey: ' ' }) },
  { code: 'config', what: 'no options', run: async () => Reflect.apply(channelInbox, undefined, []) },
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
  it.each(cases)('$code: $what', async ({ code, options, server, run }) => {
    const made = setup({ headers: { 'x-trace': 'private-trace-value' }, ...options }, server)
    const error = await failure(run(made))
    expect(error).toMatchObject({ code })
    expect(ContactsError.is(error)).toBe(true)
    const text = printed(error)
    for (const secret of [
      KEY,
      EMAIL,
      'api_emulator',
      CHANNEL_INBOX_JWT,
      'private-trace-value',
      'very.private',
    ]) {
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

  it('keeps the vendor’s words and code, and the gateway’s request id', async () => {
    const { contacts } = setup({ apiKey: 'api_none' })
    expect(await failure(contacts.list())).toMatchObject({
      code: 'unauthenticated',
      status: 401,
      vendorCode: 'Unauthorized',
      requestId: expect.stringMatching(/^req_/),
      message: expect.stringContaining('Invalid API key'),
      provider: 'channel-inbox',
      operation: 'list',
    })
  })

  it('keeps the deadline over all the requests of a call', async () => {
    const { contacts, vendor, clock } = setup({ deadlineMs: 40_000 }, { markAllRead: 'refused' })
    vendor.seedNotifications([{}])
    vendor.faults.add({ method: 'GET', retryAfter: 50 })
    expect(await failure(contacts.notifications.markRead())).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 50_000,
    })
    expect(clock.waits).toEqual([])
    const slow = setup({}, { markAllRead: 'ignored' })
    slow.vendor.seedNotifications([{}])
    const { notifications } = channelInbox({
      apiKey: 'api_emulator',
      deadlineMs: 40_000,
      clock: slow.clock,
      fetch: async (...args) => {
        await slow.clock.sleep(25_000)
        return slow.vendor.fetch(...args)
      },
    })
    // The first request is answered in time, the second is not.
    expect(await failure(notifications.markRead())).toMatchObject({
      code: 'timeout',
      operation: 'notifications.markRead',
      applied: 'yes',
    })
    expect(slow.requests()[0]).toBe('PUT /notifications/read')
  })

  it('hides the credentials from hooks', async () => {
    const seen: unknown[] = []
    const { contacts } = setup({
      accessToken: CHANNEL_INBOX_JWT,
      organizationId: CHANNEL_INBOX_ORGANIZATION,
      onRequest: (event) => seen.push(event),
      onResponse: (event) => seen.push(event),
    })
    await contacts.list()
    expect(seen).toHaveLength(2)
    expect(JSON.stringify(seen)).not.toMatch(/api_emulator|eyJ/)
  })
})
