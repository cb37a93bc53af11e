import { afterEach, expect, test, vi } from 'vitest'
import { consoleHooks } from './console-hooks.ts'
import { type Answer, jsonAnswer, silence } from './http/testing/stub-fetch.ts'
import { read, testClient } from './http/testing/test-client.ts'

afterEach(() => vi.unstubAllGlobals())

test('prints one line a request and one a repetition', async () => {
  const lines: string[] = []
  const late: Answer = async () => {
    await clock.sleep(40)
    return jsonAnswer(1, { headers: { 'x-ratelimit-remaining': '17' } })
  }
  const { http, clock } = testClient([new Response(null, { status: 503 }), silence, late], {
    ...consoleHooks({ log: (line) => lines.push(line) }),
    timeoutMs: 1000,
  })
  await clock.settle(http.json({ ...read, query: { email: 'ana@example.com' } }))
  expect(lines).toEqual([
    'acme list: GET /v1/contacts 503 0 ms',
    'acme list: GET /v1/contacts again in 125 ms: unavailable',
    'acme list: GET /v1/contacts timeout 1000 ms, attempt 2',
    'acme list: GET /v1/contacts again in 250 ms: timeout',
    'acme list: GET /v1/contacts 200 40 ms, attempt 3, 17 left',
  ])
})

test('says that a call was aborted', async () => {
  const lines: string[] = []
  const controller = new AbortController()
  const { http } = testClient([silence], consoleHooks({ log: (line) => lines.push(line) }))
  const underWay = http.json({ ...read, call: { signal: controller.signal, operation: 'list' } })
  setTimeout(() => controller.abort(), 0)
  await expect(underWay).rejects.toThrow('aborted')
  expect(lines).toEqual(['acme list: GET /v1/contacts aborted 0 ms'])
})

test('prints warnings without their words, and of custom fields not the names', () => {
  const lines: string[] = []
  const { onWarning } = consoleHooks({ log: (line) => lines.push(line) })
  const warning = {
    code: 'unsupported_field',
    provider: 'acme',
    operation: 'create',
    message: 'Ana',
  } as const
  onWarning({ ...warning, field: 'tags' })
  onWarning({ ...warning, field: 'customFields.ana\nsouza.x' })
  onWarning({ ...warning, field: 'contactMethods.0.customFields.ana' })
  onWarning(warning)
  expect(lines).toEqual([
    'acme create: warning unsupported_field tags',
    'acme create: warning unsupported_field customFields.*',
    'acme create: warning unsupported_field contactMethods.0.customFields.*',
    'acme create: warning unsupported_field',
  ])
})

test('looks for the console when it prints, and does without one', async () => {
  const hooks = consoleHooks()
  const error = vi.fn()
  vi.stubGlobal('console', { error })
  const { http } = testClient([jsonAnswer(1), jsonAnswer(2)], hooks)
  await http.json(read)
  expect(error.mock.calls).toEqual([['acme list: GET /v1/contacts 200 0 ms']])
  vi.stubGlobal('console', undefined)
  expect((await http.json(read)).data).toBe(2)
})

test('a log that throws disturbs nobody, warnings included', async () => {
  const log = (): never => {
    throw new Error('full')
  }
  const hooks = consoleHooks({ log })
  const { http, clock } = testClient([new Response(null, { status: 500 }), jsonAnswer(1)], hooks)
  expect((await clock.settle(http.json(read))).data).toBe(1)
  const warning = { code: 'incomplete_listing', provider: 'acme', operation: 'list', message: '' } as const
  expect(() => hooks.onWarning(warning)).not.toThrow()
})
