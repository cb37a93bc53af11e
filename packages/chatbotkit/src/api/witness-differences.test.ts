import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { collect, type Program, run } from '../testing/witness.ts'

/** What a failure is, as a program sees it. */
async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    return { done: await promise }
  } catch (error) {
    if (!(error instanceof Error)) return error
    const [code, vendorCode, status] = ['code', 'vendorCode', 'status'].map((name) =>
      Reflect.get(error, name),
    )
    return { name: error.name, code, vendorCode, status, isOurs: ContactsError.is(error) }
  }
}

async function both(
  program: Program,
  options = {},
): Promise<Record<'theirs' | 'ours', Awaited<ReturnType<typeof run>>>> {
  return { theirs: await run('vendor', program, options), ours: await run('ours', program, options) }
}

const QUICK = { retries: 3, retryDelay: 1 }

describe('where ours is not as the vendor’s client, on purpose', () => {
  it('an error: the vendor’s code is `vendorCode`, and there is a status', async () => {
    const { theirs, ours } = await both(async ({ client }) => [await failureOf(client.fetch('nope'))])
    expect(theirs.results).toEqual([{ name: 'FetchError', code: 'NOT_FOUND', isOurs: false }])
    expect(ours.results).toEqual([
      { name: 'ContactsError', code: 'not_found', vendorCode: 'NOT_FOUND', status: 404, isOurs: true },
    ])
    expect(ours.requests).toEqual(theirs.requests)
  })

  it('a create whose answer is lost is not sent again', async () => {
    const { theirs, ours } = await both(async ({ client, server }) => {
      server.faults.add({ path: '/contact/create', cut: 'answer', applied: true })
      return [
        await failureOf(client.create({ name: 'Once' })),
        server.contacts.filter(({ name }) => name === 'Once').length,
      ]
    }, QUICK)
    expect(theirs.results).toEqual([{ done: { id: expect.any(String) } }, 2])
    expect(ours.results).toEqual([expect.objectContaining({ code: 'network', isOurs: true }), 1])
  })

  it('a refusal that is sent as a failure of the server is not asked for again', async () => {
    const fingerprint = 'crm-user-000000000042'
    const { theirs, ours } = await both(async ({ client }) => {
      await client.create({ fingerprint })
      return [await failureOf(client.ensure({ fingerprint }))]
    }, QUICK)
    expect([theirs.requests.length, ours.requests.length]).toEqual([5, 2])
    expect(ours.results).toEqual([expect.objectContaining({ code: 'conflict', vendorCode: 'GENERIC_ERROR' })])
  })

  it('a stream that is cut, or fails late, goes on and is whole', async () => {
    const { theirs, ours } = await both(async ({ client, server }) => {
      server.faults.add({ lateError: { afterItems: 1 } })
      const late = await collect(client.list({ order: 'asc' }).stream())
      server.faults.add({ cut: { afterLines: 1 } })
      return [late, await failureOf(collect(client.list({ order: 'asc' }).stream()))]
    }, QUICK)
    expect(theirs.results).toEqual([
      [expect.objectContaining({ type: 'item' }), expect.objectContaining({ type: 'error' })],
      expect.objectContaining({ isOurs: false }),
    ])
    const whole = ['Ana 🦊', 'Béa', 'Chloë & Co'].map((name) => ({
      type: 'item',
      data: expect.objectContaining({ name }),
    }))
    expect(ours.results).toEqual([whole, { done: whole }])
  })

  it('a stream is asked once whether its end was the end', async () => {
    const { theirs, ours } = await both(async ({ client }) => [
      (await collect(client.list().stream())).length,
    ])
    expect(ours.results).toEqual(theirs.results)
    expect([theirs.requests.length, ours.requests.length]).toEqual([1, 2])
  })

  it('an answer can be awaited, and a stream opened, more than once', async () => {
    const { theirs, ours } = await both(async ({ client }) => {
      const page = client.list({ take: 1 })
      const [first, second] = [await failureOf(page), await failureOf(page)]
      const again = client.list()
      await collect(again.stream())
      return [JSON.stringify(first) === JSON.stringify(second), await failureOf(collect(again.stream()))]
    })
    expect(ours.results).toEqual([
      true,
      { done: [{}, {}, {}].map(() => expect.objectContaining({ type: 'item' })) },
    ])
    expect(theirs.results).toEqual([false, { done: [] }])
  })

  it('an id is escaped, so that it names a record and no other path', async () => {
    const { theirs, ours } = await both(async ({ client, ids: [ana] }) => [
      await failureOf(client.fetch(`${ana}/x/../delete?`)),
    ])
    expect(theirs.requests.map(({ path }) => path)).toEqual([expect.stringMatching(/\/delete$/)])
    expect(ours.requests.map(({ path }) => path)).toEqual([
      expect.stringContaining('%2Fx%2F..%2Fdelete%3F/fetch'),
    ])
  })

  it('the path of `baseUrl` is kept', async () => {
    const { theirs, ours } = await both(async ({ options, sdk }) => {
      const client = new sdk.contact.ContactClient({
        ...options,
        baseUrl: `${String(options.baseUrl)}/proxy`,
      })
      return [await failureOf(client.list())]
    })
    expect(theirs.requests.map(({ path }) => path)).toEqual(['/api/v1/contact/list'])
    expect(ours.requests.map(({ path }) => path)).toEqual(['/proxy/api/v1/contact/list'])
  })

  it('no secret goes to another origin, unless the client’s `endpoints` name it', async () => {
    const { theirs, ours } = await both(async ({ client }) => [
      await failureOf(
        client.clientFetch('http://127.0.0.1:9/elsewhere', {
          fetchFn: async (_, init) => Response.json(Object.keys(Object(init?.headers))),
        }),
      ),
    ])
    expect(theirs.results).toEqual([{ done: expect.arrayContaining(['authorization']) }])
    expect(ours.results).toEqual([expect.objectContaining({ code: 'invalid_input' })])
  })

  it('an error under status 200 is one', async () => {
    const { theirs, ours } = await both(async ({ client, server }) => {
      server.faults.add({ errorObject: true })
      return [await failureOf(client.list())]
    })
    expect(theirs.results).toEqual([{ done: expect.objectContaining({ code: 'GENERIC_ERROR' }) }])
    expect(ours.results).toEqual([
      expect.objectContaining({ code: 'unavailable', vendorCode: 'GENERIC_ERROR' }),
    ])
  })
})
