import { describe, expect, test } from 'vitest'
import { jsonAnswer } from './testing/stub-fetch.ts'
import { contactsError, read, testClient, write } from './testing/test-client.ts'
import type { ErrorClassification, ErrorResponse } from './types.ts'

const refusal = { success: false, error: 'Ana Souza not found' }

/** Takes `{ success: false }` for a refusal. */
const classifyAnswer =
  (found: ErrorClassification) =>
  ({ json }: ErrorResponse): ErrorClassification | undefined =>
    Reflect.get(Object(json), 'success') === false
      ? { message: Reflect.get(Object(json), 'error'), ...found }
      : undefined

describe('an answer with a status of success that is a refusal', () => {
  test('fails as the adapter says, without what was sent', async () => {
    const { http } = testClient([jsonAnswer(refusal, { headers: { 'x-request-id': 'r-1' } })], {
      classifyAnswer: classifyAnswer({ code: 'not_found', vendorCode: 'E_1' }),
    })
    const error = await contactsError(http.json(write))
    expect(error).toMatchObject({ code: 'not_found', status: 200, vendorCode: 'E_1', requestId: 'r-1' })
    expect(error.message).toContain('The provider says: [redacted] not found')
    expect(error.message).not.toContain('may have been applied')
    expect(error.retryable).toBe(false)
  })

  test('is bad_response where the adapter gives no code; a write may then have been applied', async () => {
    const { http } = testClient([jsonAnswer(refusal)], { classifyAnswer: classifyAnswer({}) })
    const error = await contactsError(http.json(write))
    expect(error.code).toBe('bad_response')
    expect(error.message).toContain('may have been applied')
  })

  test('is repeated only where the adapter says so, and the request may be', async () => {
    const tooMany = classifyAnswer({ code: 'rate_limited', retryable: true })
    const config = { classifyAnswer: tooMany, resetHeaders: ['x-reset'] }
    const answers = [jsonAnswer(refusal, { headers: { 'x-reset': '7' } }), jsonAnswer({ success: true })]
    const again = testClient(answers, config)
    const startedAt = again.clock.now()
    expect((await again.clock.settle(again.http.json(read))).data).toEqual({ success: true })
    expect([again.sent.length, again.clock.now() - startedAt]).toEqual([2, 7000])
    const once = testClient([jsonAnswer(refusal)], config)
    expect((await contactsError(once.http.json(write))).retryable).toBe(true)
    const never = testClient([jsonAnswer(refusal)], { classifyAnswer: classifyAnswer({ code: 'conflict' }) })
    await contactsError(never.http.json(read))
    expect([once.sent.length, never.sent.length]).toEqual([1, 1])
  })

  test('other answers, and a classification that throws, change nothing', async () => {
    const { http } = testClient([jsonAnswer({ success: true }), jsonAnswer(refusal)], {
      classifyAnswer: ({ json }) => {
        if (Reflect.get(Object(json), 'success') === true) return undefined
        throw new Error('a mistake')
      },
    })
    expect((await http.json(read)).data).toEqual({ success: true })
    expect((await http.json(read)).data).toEqual(refusal)
  })
})
