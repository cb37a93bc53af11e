import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'
import { person, stored } from './testing/stored.ts'

describe('a listing that changes while it is read', () => {
  it('gives a contact once that has moved to the next page', async () => {
    const pages = [['a', 'b'], ['b', 'c'], ['d']]
    const { contacts } = stored([])
    const moving = new Proxy(contacts, {
      get: (target, name, receiver) =>
        name === 'list'
          ? ({ cursor = '0' }: { readonly cursor?: string }) =>
              Promise.resolve({
                items: (pages[Number(cursor)] ?? []).map((id) => person(id)),
                ...(Number(cursor) < 2 && { nextCursor: String(Number(cursor) + 1) }),
              })
          : Reflect.get(target, name, receiver),
    })
    const { call } = await connect(moving)
    expect((await call('list_contacts')).rows.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd'])
  })
})
