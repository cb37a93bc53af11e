import { type Contact, ContactsError, type ContactsWith } from '@anycontact/core'
import { sqliteLedger } from '@anycontact/sync'
import { CLIENTS } from '../clients.ts'
import type { Engine, Means } from '../engine.ts'

/**
 * A sync as one writes it in an afternoon: it reads both sides, writes everything, sends again what failed, and deletes at the target
 * what did not come from the source. It keeps nothing, so it breaks every law that needs a ledger, which the simulation has to see.
 */
export const naiveEngine: Engine = {
  openLedger: async () => sqliteLedger(':memory:'),
  newestRun: async () => undefined,
  decide: async () => [],
  problems: async () => [],
  async run(means) {
    const { route, deletions } = means.definition
    const source = await everybody(clientOf(means, 'source'), route.key.source)
    const target = clientOf(means, 'target')
    const there = await everybody(target, route.key.target)
    for (const [key, { name = null }] of source) {
      const known = there.get(key)
      if (known) await again(() => target.update({ id: known.id }, { name }))
      else await again(() => target.create({ [route.key.target]: key, name }))
    }
    if (deletions === 'keep' || !target.supports('delete')) return
    for (const [key, { id }] of there) if (!source.has(key)) await again(() => target.delete({ id }))
  },
}

function clientOf(means: Means, side: 'source' | 'target'): ContactsWith<'list' | 'create' | 'update'> {
  const { clock, random, rateLimit, fetch, definition } = means
  return CLIENTS[definition.route[side]]({ clock, random, rateLimit: rateLimit[side], fetch: fetch[side] })
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
