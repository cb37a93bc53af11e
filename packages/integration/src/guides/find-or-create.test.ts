import { ContactsError } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { blocksOf, guide, programSource } from './blocks.ts'
import { contactsApp, type FindOrCreate, type Person } from './find-or-create.ts'
import { clientId, OTHERS, type Served, servers } from './find-or-create-servers.ts'

const ana: Person = { key: clientId(999), name: 'Ana Souza', email: 'ana@example.com' }
const all = Object.entries<() => Served>(servers)

function post(findOrCreate: FindOrCreate, body: unknown = ana): Promise<Response> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const request = new Request('http://localhost/contacts', { method: 'POST', body: text })
  return Promise.resolve(contactsApp(findOrCreate).request(request))
}

async function statuses(answers: readonly Promise<Response>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { status } of await Promise.all(answers)) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

let printed: string[] = []
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'error').mockImplementation((line: unknown) => void printed.push(String(line)))
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

it('the guide shows these programs', () => {
  expect(blocksOf('find-or-create')).toEqual(
    expect.arrayContaining([
      programSource('find-or-create.ts'),
      programSource('find-or-create-server.ts'),
      programSource('find-or-create-by-provider.ts'),
    ]),
  )
})

it('the server of the guide finds what it has created', async () => {
  const { chatbotkit: vendor } = createEmulator()
  vi.stubGlobal('fetch', vendor.fetch)
  vi.stubEnv('CHATBOTKIT_SECRET', CHATBOTKIT_SECRET)
  const { default: app } = await import('./find-or-create-server.ts')
  const send = (): Promise<Response> =>
    Promise.resolve(app.request('/contacts', { method: 'POST', body: JSON.stringify(ana) }))
  expect(await statuses(Array.from({ length: 50 }, send))).toEqual({ 200: 49, 201: 1 })
  expect(vendor.contacts.map(({ email, name }) => [email, name])).toEqual([[ana.email, ana.name]])
})

describe.each(all)('%s', (name, start) => {
  it('fifty requests at once for one person make one contact', async () => {
    const { process, stored } = start()
    const findOrCreate = process()
    expect(await statuses(Array.from({ length: 50 }, () => post(findOrCreate)))).toEqual({ 200: 49, 201: 1 })
    const { ids, methods } = await stored(ana.email)
    expect([ids.length, methods]).toEqual([1, 1])
    expect(await (await post(findOrCreate)).json()).toEqual({ id: ids[0], outcome: 'unchanged' })
  })

  it('costs what the guide says, and holds over two processes where it says so', async () => {
    const { process, stored, received } = start()
    const findOrCreate = process()
    const costs: number[] = []
    for (const name of [ana.name, ana.name, 'Ana S.']) {
      const before = received()
      await post(findOrCreate, { ...ana, name })
      costs.push(received() - before)
    }
    const other = { ...ana, key: clientId(998), email: 'bo@example.com' }
    const processes = name === 'memory' ? [process()] : [process(), process()]
    await statuses(processes.flatMap((one) => Array.from({ length: 25 }, () => post(one, other))))
    const { ids, methods } = await stored(other.email)
    const [one, twice] = [ids.length === 1, methods > 1]
    const made = one ? (twice ? 'one contact, its address twice' : 'one contact') : 'two contacts'
    const held = name === 'memory' ? '–' : made
    // A name is not kept by contact methods, so there was nothing to write.
    if (name === 'contact-methods') expect(costs[2]).toBe(costs[1])
    const [created, found, updated] = costs
    const row = `| ${name} | ${created} | ${found} | ${name === 'contact-methods' ? '–' : updated} | ${held} |`
    expect(guide('find-or-create'), `stale: the row is\n${row}`).toContain(row)
  })

  it('input that is not good is 400, and nothing is sent', async () => {
    const { process, received } = start()
    const findOrCreate = process()
    for (const body of ['{', '[]', 'null', { ...ana, email: 5 }, { name: 'Ana' }]) {
      expect((await post(findOrCreate, body)).status).toBe(400)
    }
    const answer = await post(findOrCreate, { ...ana, email: 'nobody' })
    expect(answer.status).toBe(400)
    const { error, issues } = await answer.json()
    expect(error).toBe('invalid_input')
    expect(JSON.stringify(issues)).toContain('email')
    expect(received()).toBe(0)
  })

  // Memory sends nothing that could fail, and takes no credential.
  it.skipIf(name === 'memory')('a provider that is down is 503 with Retry-After', async () => {
    const { process, faults } = start()
    faults?.add({ path: /./, times: Number.POSITIVE_INFINITY, status: 503, headers: { 'retry-after': '7' } })
    const down = await post(process())
    expect([down.status, down.headers.get('retry-after')]).toEqual([503, '7'])
    expect(await down.json()).toMatchObject({ error: 'unavailable' })
    faults?.clear()
    faults?.add({ path: /./, times: Number.POSITIVE_INFINITY, cut: 'connect' })
    const gone = await post(process())
    expect([gone.status, gone.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await gone.json()).toMatchObject({ error: 'network', applied: 'no' })
  })

  it.skipIf(name === 'memory')('a credential that is refused is 500, and says nothing', async () => {
    const { process, faults } = start()
    faults?.add({ path: /./, times: Number.POSITIVE_INFINITY, status: 401 })
    const refused = await post(process())
    expect(refused.status).toBe(500)
    expect(`${await refused.text()} ${printed.join()}`).not.toMatch(/ana|souza/i)
  })
})

it('several contacts of one key are 409', async () => {
  const { process } = servers.cognipeer()
  // Two processes that create at the same moment.
  await Promise.all([post(process()), post(process())])
  const answer = await post(process())
  expect(answer.status).toBe(409)
  expect(await answer.json()).toMatchObject({ error: 'ambiguous', applied: 'no' })
})

it('an answer that was lost is 503 with a longer Retry-After, and the same request finds the contact then', async () => {
  const { process, faults, stored } = servers.cognipeer()
  faults.add({ method: 'POST', path: '/sdk/contact', applyAfterMs: 20_000, cut: 'answer' })
  const findOrCreate = process()
  const lost = await post(findOrCreate)
  expect([lost.status, lost.headers.get('retry-after')]).toEqual([503, '60'])
  expect(await lost.json()).toMatchObject({ applied: 'unknown' })
  await vi.waitFor(async () => expect((await stored(ana.email)).ids).toHaveLength(1))
  expect((await post(findOrCreate)).status).toBe(200)
  expect((await stored(ana.email)).ids).toHaveLength(1)
})

it('what is no error of a provider is not hidden', async () => {
  const bug = new TypeError('a bug')
  await expect(post(() => Promise.reject(bug))).rejects.toBe(bug)
  const conflict = new ContactsError({ code: 'conflict', message: 'taken' })
  expect((await post(() => Promise.reject(conflict))).status).toBe(409)
})

it('the number of others is what the guide says', () => {
  expect(guide('find-or-create')).toContain(`with ${OTHERS} other contacts`)
})
