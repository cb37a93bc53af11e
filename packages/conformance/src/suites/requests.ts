import type { VendorRequest } from '@anycontact/core'
import { assert, assertSame, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

/** What is no path below a base URL, each in a way of its own. */
const ELSEWHERE = [
  '',
  'things',
  'https://elsewhere.example/things',
  '//elsewhere.example/things',
  '/\\elsewhere.example/things',
  '/a/../../things',
  '/a/%2e%2E/things',
  '/things?a=b',
  '/things#a',
  '/things\n',
]

const RETRY = { attempts: 3, baseDelayMs: 0 }

/** Any endpoint by hand: only below the base URL, and not sent twice unless that is said to be harmless. */
export const requests: Suite = (define) => {
  define('request gives the answer of an endpoint', async (session) => {
    if (!(await isDeclared(session))) return
    const { path, query, answers } = session.endpoint
    const answer = await session.client.request({ path, query })
    assert(answers(answer), `request gave ${print(answer)}, which is not what \`endpoint\` answers`)
  })

  define(
    'request refuses what is no path below the base URL, and sends nothing',
    async (session) => {
      if (!(await isDeclared(session))) return
      for (const path of ELSEWHERE) {
        const { result, sent } = await session.slow.time(() => session.client.request({ path }))
        await session.rejects(`a request of the path ${print(path)}`, 'invalid_input', () => outcome(result))
        assertSame(sent, 0, `how many requests the path ${print(path)} sent`)
      }
    },
    { isSlow: true },
  )

  define(
    'a request whose answer is lost is sent again only where that is harmless',
    async (session) => {
      if (!(await isDeclared(session)) || session.options.transport === 'none') return
      const { path } = session.endpoint
      const post: VendorRequest = { method: 'POST', path, json: {} }
      const cases = [
        ['a GET', { path }, undefined, RETRY.attempts, 'no'],
        ['a POST', post, undefined, 1, 'unknown'],
        ['an idempotent POST', post, true, RETRY.attempts, 'unknown'],
      ] as const
      for (const [what, request, idempotent, times, applied] of cases) {
        const options = { retry: RETRY, ...(idempotent && { idempotent }) }
        const { result, sent } = await session.slow.time(() => session.client.request(request, options), {
          isLost: true,
        })
        const error = await session.rejects(`${what} without an answer`, 'network', () => outcome(result))
        assertSame(sent, times, `how often ${what} without an answer was sent`)
        assertSame(error.applied, applied, `applied of ${what} without an answer`)
        assertSame(error.operation, 'request', `the operation in the error of ${what}`)
      }
    },
    { isSlow: true },
  )
}

async function isDeclared(session: Session): Promise<boolean> {
  if (session.has('request')) return true
  await session.refuses('request')
  return false
}

async function outcome(result: { readonly value: unknown } | { readonly error: unknown }): Promise<unknown> {
  if ('error' in result) throw result.error
  return result.value
}
