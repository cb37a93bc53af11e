import { expect, it, vi } from 'vitest'
import { failure } from './test-clock.ts'
import { createTransport } from './transport.ts'

const answer = (): Promise<Response> =>
  Promise.resolve(new Response('1', { headers: { 'content-type': 'application/json' } }))

it('sends all that an endpoint and its input say', async () => {
  const take = vi.fn(async () => undefined)
  const usual = vi.fn(answer)
  const transport = createTransport({
    provider: 'crm',
    defaultBaseUrl: 'https://crm.test',
    fetch: usual,
    groupLimits: { search: { take } },
    authHeaders: () => ({ authorization: 'secret' }),
    retry: { attempts: 2, baseDelayMs: 1, maxDelayMs: 1 },
    routes: { find: { method: 'POST', path: '/people/{id}', effect: 'read', group: 'search' } },
  })
  const params = { id: '1' }
  const own = vi.fn(answer)
  await transport.json('find', {
    params,
    query: { page: 2 },
    body: 'name=Ana',
    headers: { 'content-type': 'text/csv' },
    authenticate: false,
    fetch: own,
  })
  expect(usual).not.toHaveBeenCalled()
  expect(own).toHaveBeenCalledWith(
    'https://crm.test/people/1?page=2',
    expect.objectContaining({
      method: 'POST',
      body: 'name=Ana',
      headers: { Accept: 'application/json', 'content-type': 'text/csv' },
    }),
  )
  await transport.json('find', { params, json: { name: 'Ana' } })
  expect(usual).toHaveBeenCalledWith(
    'https://crm.test/people/1',
    expect.objectContaining({
      body: '{"name":"Ana"}',
      headers: expect.objectContaining({ authorization: 'secret' }),
    }),
  )
  expect(take).toHaveBeenCalledTimes(2)

  // What it does decides whether it is sent again.
  usual.mockClear().mockImplementation(() => Promise.reject(new TypeError('fetch failed')))
  await failure(transport.json('find', { params }))
  expect(usual).toHaveBeenCalledTimes(2)
  await failure(transport.json('find', { params, effect: 'once' }))
  expect(usual).toHaveBeenCalledTimes(3)
})
