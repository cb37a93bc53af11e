import { describe, expect, test } from 'vitest'
import { nextTurn } from '../adapter-kit/test-clock.ts'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, inCall, read, testClient, write } from './testing/test-client.ts'
import type { HttpConfig } from './types.ts'

const refused = () => jsonAnswer({}, { status: 401 })

/** An `authHeaders` that gives these tokens in turn, the last one for good. */
function tokens(...given: string[]) {
  let asked = 0
  const authHeaders = (): Record<string, string> => ({
    authorization: `Bearer ${given[Math.min(asked++, given.length - 1)]}`,
  })
  return { authHeaders, asked: () => asked }
}

describe('a credential that is refused', () => {
  test.each([
    ['a read', read],
    ['a write', write],
  ])('is asked for again, and %s is sent once more where it has changed', async (_, request) => {
    const { authHeaders } = tokens('old', 'new')
    const { http, sent } = testClient([refused(), jsonAnswer('ok')], { authHeaders })
    expect((await http.json(request)).data).toBe('ok')
    expect(sent.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new'])
    expect(sent[1]?.body).toEqual(sent[0]?.body)
  })

  test('fails the request where it is still the same, or refused again', async () => {
    const same = testClient([refused()], { authHeaders: tokens('old').authHeaders })
    expect(await contactsError(same.http.json(write))).toMatchObject({
      code: 'unauthenticated',
      status: 401,
      applied: 'no',
    })
    const again = testClient([refused(), refused()], {
      authHeaders: tokens('old', 'new', 'newer').authHeaders,
    })
    expect(await contactsError(again.http.json(write))).toMatchObject({ code: 'unauthenticated' })
    expect([same.sent.length, again.sent.length]).toEqual([1, 2])
  })

  test.each<[string, Partial<HttpConfig>, Partial<typeof write>]>([
    ['a client without one', {}, {}],
    ['a request that does not authenticate', tokens('old', 'new'), { authenticate: false }],
    ['a body that can be read once', tokens('old', 'new'), { json: undefined, body: new ReadableStream() }],
  ])('is not asked for again: %s', async (_, { authHeaders }, request) => {
    const { http, sent } = testClient([refused()], authHeaders && { authHeaders })
    expect(await contactsError(http.json({ ...write, ...request }))).toMatchObject({ status: 401 })
    expect(sent).toHaveLength(1)
  })

  test('is renewed once for all requests that are refused at once', async () => {
    let token = 'old'
    let renewals = 0
    let release: () => void = () => undefined
    const renewed = new Promise<void>((resolve) => {
      release = resolve
    })
    let asked = 0
    const authHeaders = async (): Promise<Record<string, string>> => {
      if (++asked > 3) {
        renewals++
        await renewed
        token = 'new'
      }
      return { authorization: `Bearer ${token}` }
    }
    const refusals = [refused(), refused(), refused()]
    const { http, sent } = testClient([...refusals, jsonAnswer(1), jsonAnswer(2), jsonAnswer(3)], {
      authHeaders,
    })
    const all = Promise.all([http.json(read), http.json(write), http.json(read)])
    await nextTurn()
    await nextTurn()
    release()
    expect((await all).map(({ data }) => data)).toEqual([1, 2, 3])
    expect(renewals).toBe(1)
    expect(sent.slice(3).map(({ headers }) => headers.get('authorization'))).toEqual(
      Array(3).fill('Bearer new'),
    )
  })

  test('is asked for at once, and takes a turn only for what is sent', async () => {
    const rateLimit = { requests: 1, perMs: 60_000 }
    const same = testClient([refused()], { rateLimit, authHeaders: tokens('old').authHeaders })
    expect(await contactsError(same.http.json(read))).toMatchObject({ status: 401 })
    const answers = [refused(), jsonAnswer('ok')]
    const options = { rateLimit, timeoutMs: 120_000, authHeaders: tokens('old', 'new').authHeaders }
    const { http, clock } = testClient(answers, options)
    const startedAt = clock.now()
    await clock.settle(http.json(read))
    expect(clock.now() - startedAt).toBe(60_000)
  })

  test('leaves what comes after the renewal to be repeated as ever', async () => {
    const answers = [refused(), jsonAnswer({}, { status: 503 }), jsonAnswer('ok')]
    const { authHeaders } = tokens('old', 'new')
    const { http, clock, sent } = testClient(answers, { authHeaders })
    expect((await clock.settle(http.json({ ...write, effect: 'idempotent' }))).data).toBe('ok')
    expect(sent).toHaveLength(3)
    const lost = testClient([refused(), jsonAnswer({}, { status: 503 })], {
      authHeaders: tokens('old', 'new').authHeaders,
    })
    expect(await contactsError(lost.clock.settle(lost.http.json(write)))).toMatchObject({
      status: 503,
      applied: 'unknown',
    })
  })

  test('is asked for anew by the next request where a renewal hangs', async () => {
    let asked = 0
    const authHeaders = async (): Promise<Record<string, string>> => {
      asked++
      if (asked === 2) await new Promise(() => undefined)
      return { authorization: `Bearer ${asked}` }
    }
    const { http, clock } = testClient([refused(), refused(), jsonAnswer('ok')], { authHeaders })
    const hung = contactsError(http.json(inCall(read, { timeoutMs: 100, retry: false })))
    expect(await clock.settle(hung)).toMatchObject({ code: 'timeout' })
    expect((await clock.settle(http.json(read))).data).toBe('ok')
  })

  test('is sent once more even where nothing is repeated, and shows in no error', async () => {
    const { authHeaders } = tokens('old-secret', 'new-secret')
    const body = { message: 'old-secret or new-secret?' }
    const answers = [refused(), jsonAnswer(body, { status: 403 })]
    const { http, sent } = testClient(answers, { authHeaders, retry: false })
    const error = await contactsError(http.json(read))
    expect(sent).toHaveLength(2)
    expect(`${error.message} ${JSON.stringify(error)}`).not.toMatch(/old-secret|new-secret/)
  })
})
