import { failure } from '@anycontact/core/adapter-kit'
import type { ChatBotKitClient, ResponsePromise } from '@chatbotkit/sdk/client'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { collect, type Program, run } from '../testing/witness.ts'
import { ContactClient } from './contact-client.ts'
import { listContacts } from './index.ts'

/** What the vendor's client calls `clientFetch` with, for every method. */
const spied: Program = async ({ client, sdk: { functions }, ids: [ana] }) => {
  const calls: unknown[] = []
  const answer = { id: 'a', items: [], cursor: 'c', more: true }
  for (const one of [client, client.task, client.space, client.conversation, client.secret]) {
    Reflect.set(one, 'clientFetch', async (...args: unknown[]) => {
      calls.push(args)
      return answer
    })
  }
  const page = { take: 2, order: 'asc', meta: { plan: 'pro' } } as const
  const answers = [
    await client.list(),
    await client.list(page),
    await client.fetch(ana),
    await client.create({ name: 'Ana' }),
    await client.update(ana, { nick: 'a' }),
    await client.ensure({ fingerprint: 'crm-user-000000000042' }),
    await client.delete(ana),
    await functions.deleteContact(client, ana, {}),
    await client.task.list(ana),
    await client.space.list(ana, page),
    await client.conversation.list(ana, page),
    await client.secret.list(ana),
    await client.secret.verify(ana, 's'),
    await client.secret.authenticate(ana, 's'),
    await client.secret.revoke(ana, 's'),
  ]
  return [calls, answers]
}

/** A subclass that writes down what is sent, and sends it. */
const logged: Program = async ({ options, sdk, ids: [ana] }) => {
  const log: unknown[] = []
  class Logging extends sdk.contact.ContactClient {
    override clientFetch<T, U>(...args: Parameters<ChatBotKitClient['clientFetch']>): ResponsePromise<T, U> {
      log.push(args)
      return super.clientFetch<T, U>(...args)
    }
  }
  const client = new Logging(options)
  const { id } = await client.create({ name: 'Zoë' })
  await client.update(id, { meta: { $update: { a: 1 } } })
  return [
    await client.fetch(id),
    await client.list({ take: 2 }),
    await collect(client.list({ order: 'asc' }).stream()),
    await client.delete(id),
    await client.extend({ timezone: 'UTC' }).list({ take: 1 }),
    await client.task.list(ana),
    log,
  ]
}

describe('a `clientFetch` in the place of ours', () => {
  it.each([
    ['a mock is called as by the vendor’s client', spied],
    ['a subclass sees what is sent', logged],
  ])('%s', async (_, program) => {
    const theirs = await run('vendor', program)
    expect(await run('ours', program)).toEqual(theirs)
  })

  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('a spy of vitest, on the class too', async () => {
    const spy = vi.spyOn(ContactClient.prototype, 'clientFetch')
    spy.mockResolvedValue({ id: 'a' })
    expect(await new ContactClient({ secret: 'sk-1' }).create({ name: 'Ana' })).toEqual({ id: 'a' })
    expect(spy).toHaveBeenCalledExactlyOnceWith('/api/v1/contact/create', { record: { name: 'Ana' } })
  })

  it('any object that has one is client enough for the functions', async () => {
    const clientFetch = vi.fn(async () => ({ items: [{ id: 'a' }] }))
    const client = { clientFetch } as unknown as ContactClient
    expect(await listContacts(client)).toEqual({ items: [{ id: 'a' }] })
  })

  it('is given the signal and headers of the call, ids escaped, and no id that is none', async () => {
    const client = new ContactClient({ secret: 'sk-1' })
    const spy = vi.spyOn(client, 'clientFetch').mockResolvedValue({ id: 'a' })
    const { signal } = new AbortController()
    await client.fetch('a/b?', { signal, headers: { 'x-trace': '1' } })
    expect(spy).toHaveBeenCalledExactlyOnceWith('/api/v1/contact/a%2Fb%3F/fetch', {
      signal,
      headers: { 'x-trace': '1' },
    })
    for (const id of ['', ' ', '.', '..']) {
      expect(await failure(client.update(id, {}))).toMatchObject({ code: 'invalid_input' })
    }
    expect(spy).toHaveBeenCalledOnce()
  })
})
