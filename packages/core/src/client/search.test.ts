import { describe, expect, it } from 'vitest'
import type { Contact } from '../model/contact.ts'
import { ana, nativeClient, scanningClient } from './testing/clients.ts'
import { contactsErrorOf } from './testing/failure.ts'

const ids = (contacts: readonly Contact[]): string[] => contacts.map(({ id }) => id)

describe('search', () => {
  it('is the provider’s own, where it has one', async () => {
    const { contacts, calls } = nativeClient()
    expect(ids(await contacts.search('bob', { pageSize: 1 }).toArray())).toEqual(['c2', 'c3'])
    expect(calls[0]).toMatchObject({
      method: 'search',
      args: ['bob', { pageSize: 1, cursor: undefined }],
      context: { call: { operation: 'search' } },
    })
    expect(calls.map(({ method }) => method)).toEqual(['search', 'search'])
  })

  it('reads the listing otherwise', async () => {
    const { contacts, methods, calls } = scanningClient()
    expect(ids(await contacts.search('bob 351').toArray())).toEqual(['c2', 'c3'])
    expect(methods()).toEqual(['list', 'list'])
    expect(calls[0]?.context.call.operation).toBe('search')
    expect(await contacts.search('ana')).toEqual({ items: [ana], nextCursor: '2' })
  })

  it.each(['', '  ', undefined, null, 7])('refuses to look for %o', async (text) => {
    for (const { contacts, calls } of [nativeClient(), scanningClient()]) {
      expect(() => contacts.search(text as string)).not.toThrow()
      const error = await contactsErrorOf(() => contacts.search(text as string))
      expect(error).toMatchObject({ code: 'invalid_input', provider: 'fake', operation: 'search' })
      expect(calls).toEqual([])
    }
  })
})
