import { describe, expect, it } from 'vitest'
import { failure } from './test-clock.ts'
import { createTransport } from './transport.ts'

const routes = { remove: { method: 'DELETE', path: '/people/1' } } as const

/** Deletes, where this is what the server answers under a status of success. */
function done(body: string | null): Promise<unknown> {
  const { done } = createTransport({
    provider: 'crm',
    defaultBaseUrl: 'https://crm.test',
    fetch: () => Promise.resolve(new Response(body)),
    classify: ({ json }) => (Object(json).fault === 'locked' ? { code: 'conflict' } : undefined),
    retry: false,
    routes,
  })
  return done('remove')
}

describe('done', () => {
  it.each([
    [null, undefined],
    ['OK', undefined],
    ['{"id":"1"}', { id: '1' }],
    ['{"success":true,"error":null}', { success: true, error: null }],
    ['[]', []],
  ])('takes %s for a success', async (body, answer) => {
    expect(await done(body)).toEqual(answer)
  })

  it.each([
    ['\n<!doctype html>', 'HTML'],
    ['{"success":false}', 'did not succeed'],
    ['{"error":{"message":"No"}}', 'did not succeed'],
    ['{"error":"No"}', 'did not succeed'],
    ['{"fault":"locked"}', 'did not succeed'],
  ])('takes %s for none, and does not know what was done', async (body, words) => {
    expect(await failure(done(body))).toMatchObject({
      code: 'bad_response',
      operation: 'remove',
      applied: 'unknown',
      message: expect.stringContaining(words),
    })
  })
})
