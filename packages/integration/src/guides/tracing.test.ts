import { chatbotkit } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { context, type HrTime, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { blocksOf, programSource } from './blocks.ts'
import { traced, tracingHooks } from './tracing.ts'

const exporter = new InMemorySpanExporter()
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(
  new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
)

beforeEach(() => exporter.reset())
afterAll(() => {
  trace.disable()
  context.disable()
})

function setUp(options: { readonly retry?: false } = {}) {
  const { chatbotkit: server } = createEmulator()
  const contacts = chatbotkit({
    secret: CHATBOTKIT_SECRET,
    fetch: server.fetch,
    random: () => 0,
    ...options,
    ...tracingHooks(),
  })
  return { server, contacts }
}

const ended = (): readonly ReadableSpan[] => exporter.getFinishedSpans()
const requests = (): readonly ReadableSpan[] => ended().filter(({ kind }) => kind === SpanKind.CLIENT)
const ms = ([seconds, nanos]: HrTime): number => seconds * 1000 + nanos / 1e6
const byName = (name: string): ReadableSpan => {
  const span = ended().find((one) => one.name === name)
  if (!span) throw new Error(`There is no span ${name}.`)
  return span
}

it('is the program of the guide', () => {
  expect(blocksOf('logging')).toContain(programSource('tracing.ts'))
})

it('makes a span a request, below that of the call', async () => {
  const { contacts } = setUp()
  const input = { externalId: 'crm-user-000000000042', name: 'Ana Souza', email: 'ana@example.com' }
  await traced('save contact', () => contacts.upsert(input, { by: 'externalId' }))
  const parent = byName('save contact')
  expect(parent.status.code).toBe(SpanStatusCode.UNSET)
  expect(requests().map(({ name }) => name)).toEqual([
    'POST /v1/contact/create',
    'GET /v1/contact/{contactId}/fetch',
  ])
  for (const span of requests()) expect(span.parentSpanContext?.spanId).toBe(parent.spanContext().spanId)
  expect(requests()[0]?.attributes).toEqual({
    'http.request.method': 'POST',
    'http.response.status_code': 200,
    'url.template': '/v1/contact/create',
    'server.address': 'api.chatbotkit.com',
    'server.port': 443,
    'anycontact.provider': 'chatbotkit',
    'anycontact.operation': 'upsert',
  })
})

it('tells repetitions, refusals and what got no answer, and how long each took', async () => {
  const { server, contacts } = setUp()
  server.faults.add({ path: '/contact/list', status: 503, latencyMs: 30 })
  server.faults.add({ path: '/contact/list', cut: 'request' })
  await traced('first page', () => contacts.list())
  expect(requests().map(({ attributes }) => attributes['http.request.resend_count'])).toEqual([
    undefined,
    1,
    2,
  ])
  expect(requests().map(({ attributes }) => attributes['error.type'])).toEqual(['503', 'network', undefined])
  expect(requests().map(({ status }) => status.code)).toEqual([
    SpanStatusCode.ERROR,
    SpanStatusCode.ERROR,
    SpanStatusCode.UNSET,
  ])
  expect(ms(requests()[0]?.duration ?? [0, 0])).toBeGreaterThan(25)
  expect(byName('first page').status.code).toBe(SpanStatusCode.UNSET)
  expect(ms(byName('first page').duration)).toBeGreaterThan(25)
})

it('tells a call that failed by its code', async () => {
  const { contacts } = setUp()
  await expect(traced('read', () => contacts.get('clx3k2p9a0001qz0h7v5m8t2d'))).rejects.toThrow('not')
  expect(byName('read')).toMatchObject({
    attributes: { 'error.type': 'not_found' },
    status: { code: SpanStatusCode.ERROR },
  })
  expect(requests()[0]?.attributes).toMatchObject({ 'error.type': '404', 'http.response.status_code': 404 })
  const controller = new AbortController()
  const call = traced('left', () => contacts.list({ signal: controller.signal }))
  controller.abort()
  await expect(call).rejects.toThrow('aborted')
  expect(byName('left').attributes['error.type']).toBe('aborted')
})

it('keeps calls that run at once apart', async () => {
  const { server, contacts } = setUp({ retry: false })
  const people = Array.from({ length: 40 }, (_, index) => ({ name: `p${index}` }))
  const ids = server.seed(people).map(({ id }) => id)
  const spoilt = ids.filter((_, index) => index % 4 === 0)
  for (const id of spoilt) server.faults.add({ path: `/contact/${id}/fetch`, status: 500 })
  await Promise.allSettled(ids.map((id, index) => traced(`call ${index}`, () => contacts.get(id))))
  expect(requests()).toHaveLength(40)
  for (const [index] of ids.entries()) {
    const parent = byName(`call ${index}`)
    const own = requests().filter((one) => one.parentSpanContext?.spanId === parent.spanContext().spanId)
    expect(own.map(({ attributes }) => attributes['http.response.status_code'])).toEqual([
      index % 4 === 0 ? 500 : 200,
    ])
  }
})

it('puts nobody into attributes, names and events', async () => {
  const { contacts } = setUp()
  const input = { externalId: 'crm-user-000000000042', name: 'Ana Souza', email: 'ana@example.com' }
  const { contact } = await traced('save', () => contacts.upsert(input, { by: 'externalId' }))
  await traced('change', () => contacts.update(contact.id, { email: 'ana.souza@example.com' }))
  await traced('find', () => contacts.find({ email: input.email }, { scan: true }))
  await traced('list', () => contacts.list({ where: { customFields: { plan: 'zebra' } } }))
  await traced('fail', () => contacts.get('ana-souza-from-porto')).catch(() => undefined)
  const all = JSON.stringify(
    ended().map(({ name, attributes, events, status }) => [name, attributes, events, status]),
  )
  expect(ended().length).toBeGreaterThan(9)
  for (const word of ['ana', 'souza', 'crm-user', 'zebra', 'example.com', contact.id, CHATBOTKIT_SECRET]) {
    expect(all.toLowerCase()).not.toContain(word.toLowerCase())
  }
})
