import type { ContactMethodsSeed } from '@anycontact/emulator'

/** The id of client n. */
export const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
/** A time, so many seconds into 2025. */
export const at = (second: number): string => new Date(Date.UTC(2025, 0, 1) + second * 1000).toISOString()

/**
 * Methods of many clients, made in an order that has nothing to do with the clients' ids: client n has 1 to 4 methods,
 * scattered over the whole listing.
 */
export function scattered(clients: number): ContactMethodsSeed[] {
  const seeds: ContactMethodsSeed[] = []
  for (let round = 0; round < 4; round++) {
    for (let n = 0; n < clients; n++) {
      const client = (n * 7919) % clients
      if (client % 4 < round) continue
      const type = (['email', 'phone', 'mobile', 'other'] as const)[round] ?? 'other'
      const value = type === 'email' ? `c${client}@example.com` : `+52 ${client} ${round}`
      seeds.push({ clientId: uuid(client), type, value, isPrimary: round < 2, createdAt: at(seeds.length) })
    }
  }
  // One more, so that no page of a round size ends where a client does.
  return [...seeds, { clientId: uuid(0), type: 'fax', value: '+52 0', createdAt: at(seeds.length) }]
}
