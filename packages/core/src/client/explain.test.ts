import { describe, expect, it } from 'vitest'
import { nativeClient, scanningClient } from './testing/clients.ts'

describe('explain', () => {
  const query = { where: { name: 'Bob', phone: '+351 2', customFields: { plan: 'pro' } }, pageSize: 10 }

  it('tells what runs where, and sends nothing', () => {
    const { contacts, calls } = nativeClient()
    expect(contacts.explain({ ...query, orderBy: { field: 'name' } })).toEqual({
      provider: 'fake',
      pushedDown: [
        { field: 'name', operator: 'eq', value: 'Bob' },
        { field: 'customFields.plan', operator: 'eq', value: 'pro' },
      ],
      evaluatedHere: [
        { field: 'name', operator: 'eq', value: 'Bob' },
        { field: 'phone', operator: 'eq', value: '+351 2' },
        { field: 'customFields.plan', operator: 'eq', value: 'pro' },
      ],
      exact: false,
      orderBy: { field: 'name', direction: 'asc' },
      pagination: 'cursor',
      streaming: false,
      total: false,
      complete: true,
    })
    expect(contacts.explain()).toMatchObject({ pushedDown: [], evaluatedHere: [], exact: true, total: true })
    const name = { field: 'name', operator: 'eq', value: 'Bob' }
    expect(contacts.explain({ where: { name: 'Bob' } })).toMatchObject({
      pushedDown: [name],
      evaluatedHere: [],
      exact: true,
    })
    expect(scanningClient().contacts.explain(query)).toMatchObject({ pushedDown: [], total: false })
    expect(calls).toEqual([])
  })

  it('throws for a query that cannot be asked', () => {
    const { contacts } = nativeClient()
    expect(() => contacts.explain({ orderBy: { field: 'email' } })).toThrow(
      expect.objectContaining({ code: 'unsupported', provider: 'fake', operation: 'explain' }),
    )
    expect(() => contacts.explain({ pageSize: 0 })).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })
})
