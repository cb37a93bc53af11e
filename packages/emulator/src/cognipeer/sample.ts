import type { CognipeerSeed } from './contact.ts'
import type { CognipeerEmulator } from './server.ts'

const PEOPLE: readonly (CognipeerSeed & { readonly name: string })[] = [
  {
    name: 'Ana Souza',
    email: 'ana.souza@example.com',
    phone: '+5511961234567',
    properties: { plan: 'pro', city: 'São Paulo' },
    tags: ['vip', 'enterprise'],
    status: 'active',
  },
  {
    name: 'Zoë Müller',
    email: 'zoe@example.de',
    phone: '+4930123456',
    properties: { plan: 'free' },
    status: 'active',
  },
  {
    name: '李小龍',
    email: 'li@example.hk',
    phone: '+85221234567',
    tags: ['vip'],
    metadata: { source: 'crm' },
  },
  { name: 'محمد علي', email: 'mohamed@example.eg', phone: '+20221234567', properties: { plan: 'free' } },
  {
    name: 'Søren Kjær',
    email: 'soren@example.dk',
    properties: { plan: 'team', seats: 5 },
    status: 'inactive',
  },
  { name: 'Jane "JD" Doe', phone: '+14155552671' },
  { name: 'Дмитрий Иванов', email: 'dmitri@example.ru', tags: [], status: 'premium' },
  {
    name: 'Priya 🌺 Nair',
    email: 'priya@example.in',
    properties: { plan: 'pro', address: { city: 'Mumbai' } },
  },
  { name: "Seán O'Brien", email: 'sean@example.ie', phone: '+35312345678', tags: ['tech'] },
  { name: '山田 太郎', email: 'yamada@example.jp', properties: { plan: 'team', seats: 12 }, deleted: true },
]

const HOUR_MS = 3_600_000

/**
 * Fills a server with contacts to try things on: names in several scripts, some fields unset, the last one soft-deleted.
 *
 * @param now - milliseconds since the epoch; the contacts are an hour apart before it
 * @returns how many contacts there are
 */
export function seedCognipeerSample(cognipeer: CognipeerEmulator, now: number): number {
  const contacts = cognipeer.seed(
    PEOPLE.map((person, at) => {
      const time = new Date(Math.trunc(now) - (PEOPLE.length - at) * HOUR_MS).toISOString()
      const integrationId = `crm-${String(at + 1).padStart(4, '0')}`
      return { integrationId, createdDate: time, modifiedDate: time, ...person }
    }),
  )
  return contacts.length
}
