import { type Contact, ContactsError, type ContactsWith } from '@anycontact/core'
import type { Ledger } from '@anycontact/sync/ledger-kit'
import { CLIENTS } from './clients.ts'
import type { Engine, Means } from './engine.ts'

/** A ledger in which nothing is kept. */
const noLedger: Ledger = {
  kind: 'nothing',
} as Ledger

/**
 * A sync as one writes it in an afternoon: it reads both sides, writes what differs, sends again what failed, and deletes at the target
 * what did not come. Every law that needs a ledger is broken by it, which the simulation has to see.
 */
export const naiveEngine: Engine = {
  openLedger: async () => ({ ...noLedger, close: async () => {} }),
  problems: async () => [],
  async run(means) {
    const { route } = means.definition
    const source = await everybody(clientOf(means, 'source'), route.key.source)
    const target = clientOf(means, 'target')
    const there = await everybody(target, route.key.target)
    for (const [key, contact] of source) {
      const known = there.get(key)
      if (known) await again(() => target.update({ id: known.id }, { name: contact.name ?? null }))
      else await again(() => target.create({ [route.key.target]: key, name: contact.name ?? null }))
    }
    if (means.definition.deletions === 'keep') return
    for (const [key, { id }] of there) if (!source.has(key)) await again(() => target.delete?.({ id }) ?? Promise.resolve())
  },
}

type Writable = ContactsWith<'list' | 'create' | 'update'> & Partial<ContactsWith<'delete'>>

function clientOf(means: Means, side: 'source' | 'target'): Writable {
  const { clock, random, rateLimit, fetch, definition } = means
  return CLIENTS[definition.route[side]]({ clock, random, rateLimit, fetch: fetch[side] })
}

async function everybody(client: ContactsWith<'list'>, key: string): Promise<Map<string, Contact>> {
  const found = new Map<string, Contact>()
  for await (const contact of client.list()) {
    const value: unknown = Reflect.get(contact, key)
    if (typeof value === 'string') found.set(value, contact)
  }
  return found
}

async function again(write: () => Promise<unknown>): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await write()
      return
    } catch (error) {
      if (attempt === 5 || !ContactsError.is(error)) throw error
    }
  }
}
