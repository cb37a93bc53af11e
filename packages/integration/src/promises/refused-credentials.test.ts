import type { BatchResult, FetchFunction } from '@anycontact/core'
import { describe, expect, test } from 'vitest'
import { createTestClock } from '../clock.ts'
import { batches, type Connect } from './limited-clients.ts'

const ITEMS = 40
const CONCURRENCY = 4
/** The requests that are answered before the credential expires. */
const ACCEPTED = 6

/** A token that expires while a batch runs. Its function renews it at the first question after that, or never. */
function expiringToken(renews: boolean) {
  const state = { accepted: '', isExpired: false, isRenewed: false, asked: 0, refused: 0, requests: 0 }
  return {
    state,
    async credential(accepted: string): Promise<string> {
      state.accepted = accepted
      if (state.isExpired && renews) {
        if (!state.isRenewed) state.asked++
        await new Promise((resolve) => setImmediate(resolve))
        state.isRenewed = true
        return 'second-token'
      }
      return 'first-token'
    },
    between:
      (vendor: FetchFunction): FetchFunction =>
      async (input, init) => {
        const headers = new Headers(init?.headers)
        const sent = JSON.stringify([...headers])
        state.isExpired ||= ++state.requests > ACCEPTED
        if (state.isExpired && sent.includes('first-token')) {
          state.refused++
          return Response.json({ message: 'The token has expired' }, { status: 401 })
        }
        for (const [name, value] of [...headers]) {
          headers.set(name, value.replace(/first-token|second-token/, state.accepted))
        }
        return vendor(input, { ...init, headers })
      },
  }
}

async function run(connect: Connect, batch: string, renews: boolean) {
  const token = expiringToken(renews)
  const { batches: made } = connect({
    clock: createTestClock(),
    people: ITEMS,
    between: token.between,
    credential: token.credential,
  })
  const results: BatchResult<object>[] = []
  const start = made[batch]
  if (!start) throw new Error(`There is no ${batch}.`)
  for await (const result of start(ITEMS, { concurrency: CONCURRENCY })) results.push(result)
  return { ...token.state, results }
}

/** Sends its items in one request. */
const inOne = 'contactMethods.createMany'

describe.each(batches.filter(([, batch]) => batch !== inOne))(
  '%s: %s, during which the credential expires',
  (_, batch, connect) => {
    test('asks for it again, once, and every item succeeds', async () => {
      const { results, refused, asked } = await run(connect, batch, true)
      expect(results.filter(({ ok }) => !ok)).toEqual([])
      expect(results).toHaveLength(ITEMS)
      expect(refused).toBeGreaterThan(0)
      expect(refused).toBeLessThanOrEqual(CONCURRENCY)
      expect(asked).toBeLessThanOrEqual(CONCURRENCY)
    })

    test('says of each item that is left that it was not sent, in words of its own', async () => {
      const { results, refused } = await run(connect, batch, false)
      expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual(
        Array.from({ length: ITEMS }, (_, n) => n),
      )
      expect(refused).toBeGreaterThan(0)
      expect(refused).toBeLessThanOrEqual(CONCURRENCY)
      const errors = results.flatMap((result) => (result.ok ? [] : [result.error]))
      expect(new Set(errors).size).toBe(errors.length)
      const unsent = errors.filter(({ message }) => message.includes('not sent'))
      expect(unsent.length).toBeGreaterThanOrEqual(ITEMS - ACCEPTED - CONCURRENCY)
      for (const error of unsent) {
        expect(error).toMatchObject({ code: 'unauthenticated', applied: 'no', retryable: true })
        expect(error.message).toMatch(/this item was not sent/)
        expect(error.message).not.toMatch(/created|with the id|[0-9a-f]{8}/)
      }
      for (const error of errors) expect(error.code).toBe('unauthenticated')
    })
  },
)

describe('contact-methods: contactMethods.createMany, whose first request is refused', () => {
  test.each([true, false])('renewed: %s', async (renews) => {
    const vendor = batches.find(([, batch]) => batch === inOne)
    if (!vendor) throw new Error('There is no such batch.')
    const token = expiringToken(renews)
    const { batches: made } = vendor[2]({
      clock: createTestClock(),
      people: 1,
      between: token.between,
      credential: token.credential,
    })
    token.state.requests = ACCEPTED
    const totals = await made[inOne]?.(600, { concurrency: 1 })
    expect(totals?.succeeded.length).toBe(renews ? 600 : 0)
    expect(token.state.refused).toBe(1)
    const errors = (totals?.failed ?? []).map(({ error }) => error)
    expect(new Set(errors).size).toBe(renews ? 0 : 600)
    expect(errors.filter(({ message }) => message.includes('this item was not sent'))).toHaveLength(
      renews ? 0 : 350,
    )
  })
})
