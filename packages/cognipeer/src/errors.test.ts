import { inspect } from 'node:util'
import { ContactsError, type ContactsErrorCode } from '@anycontact/core'
import { failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { cognipeer } from './cognipeer.ts'
import { type Setup, setup } from './testing/setup.ts'

const TOKEN = 'pat_very_secret_4711'
const HOOK = 'verysecrethook4712'
const EMAIL = 'very.private@example.com'
const PLAN = 'very-private-plan'
const SERVER = {
  tokens: { [TOKEN]: 'emulator' },
  hooks: { [HOOK]: 'emulator' },
} as const

interface Case {
  readonly code: ContactsErrorCode
  readonly what: string
  readonly options?: Parameters<typeof setup>[0]
  readonly server?: Parameters<typeof setup>[1]
  run(setup: Setup): PromiseLike<unknown>
}

const get = ({ contacts }: Setup): PromiseLike<unknown> => contacts.get({ email: EMAIL })
const create = ({ contacts }: Setup): PromiseLike<unknown> =>
  contacts.create({ email: EMAIL, customFields: { plan: PLAN } })
const failing =
  (fault: Parameters<Setup['vendor']['faults']['add']>[0], run = get) =>
  (there: Setup): PromiseLike<unknown> => {
    there.vendor.faults.add({ times: 99, ...fault })
    return run(there)
  }
const echo = { message: `Bad input: ${EMAIL} ${PLAN} with ${TOKEN} at ${HOOK}`, statusCode: 400 }

const cases: readonly Case[] = [
  { code: 'unauthenticated', what: 'a wrong token', options: { token: `${TOKEN}x` }, run: get },
  { code: 'forbidden', what: 'a wrong hook', options: { hookId: `${HOOK}x` }, run: get },
  { code: 'not_found', what: 'nobody', run: get },
  { code: 'not_found', what: 'nobody (200)', server: { notFound: 'success-false' }, run: get },
  {
    code: 'ambiguous',
    what: 'two of them',
    run(there) {
      there.vendor.seed([{ email: EMAIL }, { email: EMAIL }])
      return get(there)
    },
  },
  {
    code: 'conflict',
    what: 'a taken key',
    server: { duplicates: 'conflict' },
    async run(there) {
      await create(there)
      return create(there)
    },
  },
  {
    code: 'invalid_input',
    what: 'an error body that repeats everything',
    run: failing({ status: 400, body: echo }, create),
  },
  {
    code: 'invalid_input',
    what: 'details',
    run: failing({ status: 400, body: { message: 'No', details: { [EMAIL]: PLAN } } }, create),
  },
  {
    code: 'invalid_input',
    what: 'a refusal under 200 that repeats everything',
    run: failing({ failure: echo.message }, create),
  },
  {
    code: 'unavailable',
    what: 'a nested error',
    run: failing({ status: 500, body: { error: { code: EMAIL, message: echo.message } } }, create),
  },
  { code: 'unavailable', what: 'a text', run: failing({ status: 500, body: echo.message }, create) },
  { code: 'rate_limited', what: '429', run: failing({ status: 429 }) },
  { code: 'network', what: 'a cut', run: failing({ cut: 'answer' }, create) },
  {
    code: 'bad_response',
    what: 'a cut-off answer',
    run: failing({ truncateBytes: 30, method: 'GET' }, async (there) => {
      there.vendor.seed([{ email: EMAIL, properties: { plan: PLAN } }])
      return get(there)
    }),
  },
  {
    code: 'bad_response',
    what: 'a bad record',
    run: failing({ malformed: { record: () => ({ _id: 7, email: EMAIL }) } }, async (there) => {
      there.vendor.seed([{ email: EMAIL }])
      return there.contacts.list()
    }),
  },
  {
    code: 'unsupported',
    what: 'no key to change by',
    run({ contacts, vendor }) {
      const [nobody] = vendor.seed([{ phone: '+15550001' }])
      return contacts.update(nobody?._id ?? '', { name: PLAN })
    },
  },
  {
    code: 'unsupported_field',
    what: 'what is not kept',
    server: { customKeys: 'drop' },
    run: ({ contacts }) => contacts.create({ email: EMAIL }, { vendor: { fields: { plan: PLAN } } }),
  },
  { code: 'timeout', what: 'the deadline', options: { deadlineMs: 5 }, run: failing({ status: 503 }) },
]

describe('errors', () => {
  it.each(cases)('$code: $what', async ({ code, options, server, run }) => {
    const there = setup({ token: TOKEN, hookId: HOOK, ...options }, { ...SERVER, ...server })
    const error = await failure(run(there))
    expect(error).toMatchObject({ code, provider: 'cognipeer', operation: expect.any(String) })
    if (!ContactsError.is(error)) throw error
    const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${inspect(error, { depth: 9 })}`
    for (const secret of [TOKEN, HOOK, EMAIL, encodeURIComponent(EMAIL), PLAN])
      expect(shown).not.toContain(secret)
  })

  it('cover the codes that this vendor can have', () => {
    const codes = new Set(cases.map(({ code }) => code))
    expect(codes.size).toBe(13)
  })

  it('say that the credentials are missing when the client is made', () => {
    for (const options of [
      { token: '', hookId: 'h' },
      { token: 't', hookId: '' },
    ]) {
      expect(() => cognipeer(options)).toThrow(expect.objectContaining({ code: 'config' }))
    }
  })

  it('are not made of an abort', async () => {
    const { contacts, vendor } = setup()
    const controller = new AbortController()
    vendor.faults.add({ stall: 'answer', method: 'POST' })
    const creating = contacts.create({ email: EMAIL }, { signal: controller.signal })
    const reason = new Error('enough')
    setTimeout(() => controller.abort(reason), 1)
    expect(await failure(creating)).toBe(reason)
    expect(vendor.requests).toHaveLength(1)
  })
})

it('hooks see neither the token nor the hook id', async () => {
  const seen: unknown[] = []
  const there = setup(
    {
      token: TOKEN,
      hookId: HOOK,
      onRequest: (event) => seen.push(event),
      onResponse: (event) => seen.push(event),
      onRetry: (event) => seen.push(event),
    },
    SERVER,
  )
  there.vendor.faults.add({ status: 503 })
  await there.contacts.list()
  expect(seen.length).toBeGreaterThan(3)
  const shown = JSON.stringify(seen)
  for (const secret of [TOKEN, HOOK]) expect(shown).not.toContain(secret)
})
