import type { ContactSeed } from './contact.ts'
import type { ChatBotKitEmulator } from './server.ts'

const PEOPLE: readonly (ContactSeed & { readonly name: string })[] = [
  {
    name: 'Ana Souza',
    email: 'ana.souza@example.com',
    phone: '+5511961234567',
    meta: { plan: 'pro', city: 'São Paulo' },
  },
  { name: 'Zoë Müller', email: 'zoe@example.de', phone: '+4930123456', nick: 'zoe', meta: { plan: 'free' } },
  { name: '李小龍', email: 'li@example.hk', phone: '+85221234567', meta: { plan: 'pro', vip: true } },
  { name: 'محمد علي', email: 'mohamed@example.eg', phone: '+20221234567', meta: { plan: 'free' } },
  { name: 'Søren Kjær', email: 'soren@example.dk', nick: 'søren', meta: { plan: 'team', seats: 5 } },
  {
    name: 'Jane "JD" Doe',
    email: 'jane@example.com',
    phone: '+14155552671',
    preferences: 'Mail only, please.',
  },
  { name: 'Дмитрий Иванов', email: 'dmitri@example.ru', meta: { plan: 'free' } },
  { name: 'Priya 🌺 Nair', email: 'priya@example.in', phone: '+912212345678', meta: { plan: 'pro' } },
  { name: "Seán O'Brien", email: 'sean@example.ie', phone: '+35312345678', description: 'Met at the fair' },
  { name: '山田 太郎', email: 'yamada@example.jp', phone: '+81312345678', meta: { plan: 'team', seats: 12 } },
]

const HOUR_MS = 3_600_000

/**
 * Fills a server with contacts to try things on: names in several scripts, some fields unset, the last one
 * unverified, a conversation, a task, a space and a secret on the first.
 *
 * @param now - milliseconds since the epoch; the contacts are an hour apart before it
 * @returns how many contacts there are
 */
export function seedSample(chatbotkit: ChatBotKitEmulator, now: number): number {
  const contacts = chatbotkit.seed(
    PEOPLE.map((person, at) => {
      const createdAt = Math.trunc(now) - (PEOPLE.length - at) * HOUR_MS
      const fingerprint = `crm-user-${String(at + 1).padStart(12, '0')}`
      return { fingerprint, createdAt, verifiedAt: at === PEOPLE.length - 1 ? null : createdAt, ...person }
    }),
  )
  for (const { id } of contacts.slice(0, 1)) {
    chatbotkit.seedConversations(id, [{ name: 'Which plan fits?', model: 'gpt-4o' }])
    chatbotkit.seedTasks(id, [
      { name: 'Weekly report', schedule: '0 9 * * 1', timezone: 'America/Sao_Paulo' },
    ])
    chatbotkit.seedSpaces(id, [{ name: 'Documents' }])
    chatbotkit.seedSecrets(id, [{ name: 'CRM account', type: 'oauth', authenticated: false }])
  }
  return contacts.length
}
