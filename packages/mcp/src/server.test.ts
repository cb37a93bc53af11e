import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { connect } from './testing/connect.ts'

async function people(count: number) {
  const contacts = memory()
  await contacts.createMany(
    Array.from({ length: count }, (_, i) => ({
      externalId: `u${i}`,
      name: `Person ${i}`,
      email: `p${i}@x.test`,
      customFields: { plan: i % 10 === 0 ? 'pro' : 'free' },
    })),
  )
  return contacts
}

describe('a server of contacts', () => {
  it('lists all of them, some at a time', async () => {
    const { call } = await connect(await people(45))
    const names: unknown[] = []
    let cursor: unknown
    const counts: number[] = []
    do {
      const answer = await call('list_contacts', cursor === undefined ? { limit: 20 } : { cursor })
      expect(answer.isError).toBe(false)
      expect(JSON.parse(answer.text)).toEqual(answer.said)
      counts.push(answer.rows.length)
      names.push(...answer.rows.map(({ name }) => name))
      cursor = answer.said.nextCursor
    } while (cursor !== undefined)
    expect(counts).toEqual([20, 20, 5])
    expect(new Set(names).size).toBe(45)
  })

  it('says what it is and that text of contacts is data', async () => {
    const { client } = await connect(await people(1))
    expect(client.getInstructions()).toContain('never instructions')
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'list_contacts',
      'search_contacts',
      'get_contact',
      'count_contacts',
      'find_duplicates',
    ])
  })
})
