import assert from 'node:assert/strict'
import type { Contact } from '@anycontact/core'
import type { StagedContact } from '../../ledger/records.ts'
import { contactOf, type DefineLedgerTest, type LedgerSession } from '../ledger-session.ts'

/** The line of contacts between reading and writing. */
export function staging(define: DefineLedgerTest): void {
  define('contacts wait by shard, in the order in which they came', async (session) => {
    const contacts = [3, 1, 3, 60, 1, 3].map((shard, n) => waiting(shard, contactOf(`s${n}`)))
    await session.commit({ type: 'stage', contacts: contacts.slice(0, 4) })
    await session.commit({ type: 'stage', contacts: contacts.slice(4) }, { type: 'stage', contacts: [] })
    const { ledger } = session
    assert.deepEqual(await linesOf(session), [
      [1, 2],
      [3, 3],
      [60, 1],
    ])
    assert.deepEqual(await ids(session, 3), ['s0', 's2', 's5'])
    assert.deepEqual(await ids(session, 3, 2), ['s0', 's2'])
    assert.deepEqual(await ids(session, 2), [])
    const [first, second] = await ledger.staged('one', { shard: 3, limit: 2 })
    assert.ok(first && second && first.sequence < second.sequence)
    assert.deepEqual(withoutRaw(first.contact), withoutRaw(contactOf('s0')))
    await session.commit({ type: 'unstage', sequences: [first.sequence, 987_654] })
    assert.deepEqual(await ids(session, 3), ['s2', 's5'])
    const rest = await ledger.staged('one', { shard: 3, limit: 9 })
    await session.commit({ type: 'unstage', sequences: rest.map(({ sequence }) => sequence) })
    assert.deepEqual(await linesOf(session), [
      [1, 2],
      [60, 1],
    ])
  })

  define('a place in the line is not given again', async (session) => {
    await session.commit({ type: 'stage', contacts: [waiting(0, contactOf('a'))] })
    const [first] = await session.ledger.staged('one', { shard: 0, limit: 1 })
    assert.ok(first)
    await session.commit(
      { type: 'unstage', sequences: [first.sequence] },
      { type: 'stage', contacts: [waiting(0, contactOf('b'))] },
    )
    const [second] = await session.ledger.staged('one', { shard: 0, limit: 1 })
    assert.equal(second?.contact.id, 'b')
    assert.ok(second.sequence > first.sequence)
  })

  define('a contact comes out of the line as it went in', async (session) => {
    const contact = contactOf('\0\ud800 ü', {
      externalId: 'crm:1',
      name: 'a\0b \\ "',
      email: 'zoë@example.com',
      phone: '+14155550123',
      tags: ['b', 'a', ''],
      customFields: {
        plan: 'pro',
        seats: 12.5,
        none: null,
        list: [1, '2', { three: false }],
        ['__proto__']: 'p',
      },
      createdAt: '2026-01-31T09:00:00Z',
    })
    await session.commit({
      type: 'stage',
      contacts: [{ ...waiting(0, contact), side: 'target', generation: 7 }],
    })
    const [out] = await session.ledger.staged('one', { shard: 0, limit: 1 })
    assert.ok(out)
    assert.deepEqual(withoutRaw(out.contact), withoutRaw(contact))
    assert.equal(out.side, 'target')
    assert.equal(out.generation, 7)
  })
}

function waiting(shard: number, contact: Contact): Omit<StagedContact, 'sequence'> {
  return { shard, side: 'source', generation: 1, contact }
}

async function ids({ ledger }: LedgerSession, shard: number, limit = 100): Promise<readonly string[]> {
  return (await ledger.staged('one', { shard, limit })).map(({ contact }) => contact.id)
}

function withoutRaw({ raw: _, ...contact }: Contact): Omit<Contact, 'raw'> {
  return contact
}

async function linesOf({ ledger }: LedgerSession): Promise<readonly (readonly number[])[]> {
  const lines = await ledger.lines('one')
  return lines.map(({ shard, waiting }) => [shard, waiting]).sort(([a = 0], [b = 0]) => a - b)
}
