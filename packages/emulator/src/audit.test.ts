import { describe, expect, test } from 'vitest'
import { setUp as setUpMethods } from './contact-methods/test-client.ts'
import { createEmulator, type Fetch } from './index.ts'
import { setUp, TEST_TIME, testClient } from './test-client.ts'

const ANA = { name: 'Ana', email: 'ana@example.com' }

describe('what is doubled', () => {
  test.each([
    ['cut', { cut: 'answer' }],
    ['replaced', { status: 502, applied: true }],
    ['cut short', { cut: { afterBytes: 3 } }],
    ['truncated', { truncateBytes: 3 }],
    ['not what the vendor sends', { rewrite: () => ({}) }],
    ['of another type', { headers: { 'content-type': 'text/html' } }],
  ] as const)('a create that is sent again after its answer was %s', async (_, fault) => {
    const { emulator, client } = setUp()
    emulator.chatbotkit.faults.add(fault)
    await client.post('/contact/create', ANA).catch(() => {})
    expect(emulator.audit().doubled).toEqual([])
    // The order of the keys is no difference.
    await client.post('/contact/create', { email: ANA.email, name: ANA.name })
    const { doubled, ...rest } = emulator.audit()
    expect(doubled).toEqual([
      {
        vendor: 'chatbotkit',
        requests: [...emulator.chatbotkit.requests],
        why: 'created again after the answer was lost',
      },
    ])
    expect(rest).toEqual({ writes: 2, pending: 0, repeated: [], equal: [], complete: true })
  })

  test('a create that is sent again when its client had given up waiting', async () => {
    const { emulator } = setUp()
    emulator.chatbotkit.faults.add({ stall: 'answer' })
    const giveUp = new AbortController()
    const signalled: Fetch = (input, init) =>
      emulator.chatbotkit.fetch(input, { ...init, signal: giveUp.signal })
    const first = testClient(signalled).post('/contact/create', ANA)
    setTimeout(() => giveUp.abort(), 5)
    await expect(first).rejects.toThrow()
    await testClient(emulator.chatbotkit.fetch).post('/contact/create', ANA)
    expect(emulator.chatbotkit.audit().doubled).toHaveLength(1)
  })

  test('a create that is applied late, after the one that was sent in its place', async () => {
    const waits: (() => void)[] = []
    const sleep = () => new Promise<void>((resolve) => waits.push(resolve))
    const emulator = createEmulator({ now: () => TEST_TIME, sleep })
    const client = testClient(emulator.chatbotkit.fetch)
    emulator.chatbotkit.faults.add({ applyAfterMs: 60_000 })
    expect((await client.post('/contact/create', ANA)).status).toBe(504)
    await client.post('/contact/create', ANA)
    expect(emulator.audit()).toMatchObject({ writes: 1, pending: 1, doubled: [] })
    waits[0]?.()
    await expect.poll(() => emulator.audit()).toMatchObject({ writes: 2, pending: 0 })
    expect(emulator.audit().doubled).toHaveLength(1)
    expect(emulator.chatbotkit.contacts).toHaveLength(2)
  })

  test('at Cognipeer, a create with the same integrationId, whatever else it says', async () => {
    const { cognipeer } = createEmulator()
    const create = (body: object) =>
      cognipeer.fetch('https://cognipeer.test/v1/sdk/contact', {
        method: 'POST',
        headers: { authorization: 'Bearer pat_emulator', 'x-hook-id': 'emulatorhook' },
        body: JSON.stringify(body),
      })
    // A success that was none.
    cognipeer.faults.add({ failure: true })
    await create({ integrationId: 'u1', name: 'Ana' })
    expect(cognipeer.audit().writes).toBe(0)
    cognipeer.faults.add({ status: 500, applied: true })
    await create({ integrationId: 'u1', name: 'Ana' })
    await create({ integrationId: 'u2', name: 'Ana' })
    expect(cognipeer.audit().doubled).toEqual([])
    await create({ integrationId: 'u1', name: 'Ana Souza' })
    expect(cognipeer.audit().doubled).toHaveLength(1)
  })

  test('at the contact methods, single items of batches', async () => {
    const { vendor, send } = setUpMethods()
    const method = {
      clientId: '6b1f4d1e-2a1c-4c89-8a53-3f24f5d6a701',
      type: 'email',
      value: 'ana@example.com',
    }
    const other = { ...method, value: 'bo@example.com' }
    vendor.faults.add({ cut: 'answer' })
    await send('POST', '/contact-methods', method).catch(() => {})
    const { json } = await send('POST', '/contact-methods/batch', {
      items: [other, method, { type: 5 }],
      atomic: false,
    })
    expect(json).toMatchObject({ succeeded: [{ index: 0 }, { index: 1 }], failed: [{ index: 2 }] })
    expect(vendor.audit().doubled).toMatchObject([{ requests: [{ path: '/contact-methods' }, {}] }])
  })
})

describe('what is not', () => {
  test('two equal creates, both answered: they may be meant, and are told apart', async () => {
    const { emulator, client } = setUp()
    await client.post('/contact/create', ANA)
    await client.post('/contact/create', ANA)
    const audit = emulator.audit()
    expect(audit.doubled).toEqual([])
    expect(audit.equal).toMatchObject([{ why: 'created more than once, no answer lost before' }])
  })

  test('two equal creates at once, whose answers are lost afterwards', async () => {
    const { emulator, client } = setUp()
    emulator.chatbotkit.faults.add({ cut: 'answer', times: 2 })
    await Promise.allSettled([client.post('/contact/create', ANA), client.post('/contact/create', ANA)])
    expect(emulator.audit()).toMatchObject({ writes: 2, doubled: [] })
  })

  test('a create that was refused or cut before it was applied, and one that the vendor refuses the second time', async () => {
    const { emulator, client } = setUp()
    const { faults } = emulator.chatbotkit
    faults.add({ status: 503 })
    faults.add({ cut: 'request' })
    faults.add({ cut: 'answer' })
    const body = { ...ANA, fingerprint: 'fingerprint-of-ana-1' }
    for (let at = 0; at < 4; at += 1) await client.post('/contact/create', body).catch(() => {})
    expect(emulator.chatbotkit.contacts).toHaveLength(1)
    expect(emulator.audit()).toMatchObject({ writes: 1, doubled: [], equal: [] })
  })

  test('a create that came late and whole, and reads', async () => {
    const { emulator, client } = setUp({ sleep: async () => {} })
    emulator.chatbotkit.faults.add({ latencyMs: 5000, chunkBytes: 1 })
    await client.post('/contact/create', ANA)
    await client.post('/contact/create', ANA)
    await client.get('/contact/list')
    expect(emulator.audit()).toMatchObject({ writes: 2, doubled: [], equal: [{}] })
  })

  test('an update that is sent again is repeated, which changes nothing', async () => {
    const { emulator, client } = setUp()
    const id = await client.create(ANA)
    emulator.chatbotkit.faults.add({ cut: 'answer' })
    for (let at = 0; at < 2; at += 1) {
      await client.post(`/contact/${id}/update`, { name: 'Ana Souza' }).catch(() => {})
    }
    await client.post(`/contact/${id}/update`, { name: 'Ana' })
    await client.post(`/contact/${id}/update`, { name: 'Ana' })
    const { repeated, doubled } = emulator.audit()
    expect(doubled).toEqual([])
    expect(repeated).toMatchObject([{ requests: [{ path: `/api/v1/contact/${id}/update` }, {}] }])
  })
})

test('an audit says when its log is not whole, and begins anew when it is cleared', async () => {
  const { emulator, client } = setUp({ chatbotkit: { recordLimit: 2 } })
  for (let at = 0; at < 3; at += 1) await client.post('/contact/create', ANA)
  expect(emulator.audit()).toMatchObject({ complete: false, writes: 2 })
  emulator.chatbotkit.requests.clear()
  expect(emulator.audit()).toMatchObject({ complete: true, writes: 0 })
})

test('a write that is still to be applied is not after a reset', async () => {
  const waits: (() => void)[] = []
  const sleep = () => new Promise<void>((resolve) => waits.push(resolve))
  const emulator = createEmulator({ now: () => TEST_TIME, sleep })
  emulator.chatbotkit.faults.add({ applyAfterMs: 1 })
  await testClient(emulator.chatbotkit.fetch).post('/contact/create', ANA)
  emulator.reset()
  waits[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 5))
  expect(emulator.chatbotkit.contacts).toEqual([])
})
