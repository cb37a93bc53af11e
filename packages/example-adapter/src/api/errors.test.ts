import { createTestClock, failure } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { exampleCrm } from '../index.ts'
import { TOKEN } from '../testing/server.ts'
import { ACCOUNT, setUp } from '../testing/setup.ts'

describe('an error body', () => {
  it.each([
    [400, 'taken', 'conflict'],
    [400, 'body', 'invalid_input'],
    [401, 'token', 'unauthenticated'],
    [403, 'plan', 'forbidden'],
    [404, 'no_person', 'not_found'],
    [429, 'slow_down', 'rate_limited'],
    [503, 'down', 'unavailable'],
  ])('under %d with the code %s is %s', async (status, code, expected) => {
    const body = { error: { code, message: 'In the words of the CRM' } }
    const { contacts } = setUp({ fetch: async () => Response.json(body, { status }), retry: false })
    const error = await failure(contacts.update('1', { name: 'Ana' }))
    expect(error).toMatchObject({
      code: expected,
      vendorCode: code,
      provider: 'example-crm',
      operation: 'update',
    })
    expect(error).toMatchObject({ message: expect.stringContaining('In the words of the CRM') })
  })

  it('that is none leaves the status to speak', async () => {
    const { contacts } = setUp({
      fetch: async () => new Response('<h1>Down</h1>', { status: 503 }),
      retry: false,
    })
    expect(await failure(contacts.get('1'))).toMatchObject({ code: 'unavailable', status: 503 })
  })
})

it.each([
  ['an edge', new Response('<h1>Not found</h1>', { status: 404 })],
  ['another service', Response.json({ message: 'Not found' }, { status: 404 })],
])('does not take a 404 of %s for a missing person', async (_who, answer) => {
  const { contacts } = setUp({ fetch: async () => answer.clone() })
  expect(await failure(contacts.find('1'))).toMatchObject({ code: 'bad_response', status: 404 })
})

describe('an answer that cannot be read', () => {
  it.each([
    ['has no people', { total: 0 }, 'people'],
    ['has a person without an id', { people: [{ full_name: 'Ana' }], total: 1 }, 'people.0.id'],
    ['has a name that is no text', { people: [{ id: '1', full_name: 7 }], total: 1 }, 'people.0.full_name'],
    ['has a time that is none', { people: [{ id: '1', created_at: 1e99 }], total: 1 }, 'people.0.created_at'],
  ])('because it %s is bad_response', async (_what, answer, path) => {
    const { contacts } = setUp({ fetch: async () => Response.json(answer) })
    const error = await failure(contacts.list().toArray())
    expect(error).toMatchObject({ code: 'bad_response', operation: 'list', issues: [{ path }] })
    expect(JSON.stringify(error)).not.toContain('Ana')
  })
})

it('ends a call by its deadline, a read before the write included', async () => {
  const clock = createTestClock()
  const { server } = setUp()
  const contacts = exampleCrm({
    token: TOKEN,
    account: ACCOUNT,
    clock,
    async fetch(input, init) {
      await clock.sleep(700, init?.signal ?? undefined)
      return server.fetch(input, init)
    },
    deadlineMs: 1_000,
  })
  const upsert = contacts.upsert({ email: 'ana@example.com' }, { by: 'email', outcome: 'exact' })
  const error = await clock.settle(failure(upsert))
  expect(error).toMatchObject({ code: 'timeout', operation: 'upsert', applied: 'unknown' })
  expect(clock.now() - Date.UTC(2026, 0, 1)).toBe(1_000)
})
