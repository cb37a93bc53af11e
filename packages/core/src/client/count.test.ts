import { describe, expect, it } from 'vitest'
import { createContacts } from './create-contacts.ts'
import { nativeCapabilities } from './testing/capabilities.ts'
import { nativeClient, people, scanningClient } from './testing/clients.ts'
import { fakeAdapter } from './testing/fake-adapter.ts'

describe('count', () => {
  it('is the provider’s own, where it has one and applies every condition', async () => {
    const { contacts, calls } = nativeClient()
    expect(await contacts.count()).toBe(3)
    expect(await contacts.count({ where: { name: 'Bob' } })).toBe(2)
    expect(calls.map(({ method }) => method)).toEqual(['count', 'count'])
    expect(calls[1]?.args).toEqual([[{ field: 'name', operator: 'eq', value: 'Bob' }]])
    expect(calls[0]?.context.call.operation).toBe('count')
  })

  it('reads the listing when a condition is applied here', async () => {
    const { contacts, methods } = nativeClient()
    expect(await contacts.count({ where: { phone: '+351 2' } })).toBe(2)
    expect(methods()).toEqual(['list', 'list'])
  })

  it('takes the total of one small page, where a page tells it', async () => {
    const adapter = fakeAdapter({ ...nativeCapabilities, count: { mode: 'emulated' } }, { contacts: people })
    const contacts = createContacts(adapter)
    expect(await contacts.count({ where: { name: 'Bob' } })).toBe(2)
    expect(adapter.api.calls.map(({ method, args }) => [method, args[0]])).toEqual([
      ['list', expect.objectContaining({ pageSize: 1 })],
    ])
    expect(adapter.api.calls[0]?.context.call.operation).toBe('count')
  })

  it('reads the listing when the page does not tell after all', async () => {
    const adapter = fakeAdapter({ ...nativeCapabilities, count: { mode: 'emulated' } }, { contacts: people })
    const { list } = adapter
    const contacts = createContacts({
      ...adapter,
      async list(query, context) {
        const page = await list?.(query, context)
        return { items: page?.items ?? [], nextCursor: page?.nextCursor }
      },
    } as typeof adapter)
    expect(await contacts.count()).toBe(3)
  })

  it('reads the listing where there is nothing else', async () => {
    const { contacts, methods, calls } = scanningClient()
    expect(await contacts.count()).toBe(3)
    expect(methods()).toEqual(['list', 'list'])
    expect(calls[0]?.context.call.operation).toBe('count')
  })
})
