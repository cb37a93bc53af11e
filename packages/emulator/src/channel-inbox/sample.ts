import type { ChannelInboxContactSeed } from './contact.ts'
import type { ChannelInboxEmulator } from './server.ts'

const PEOPLE: readonly ChannelInboxContactSeed[] = [
  {
    first_name: 'Ana',
    last_name: 'Souza',
    email: 'ana.souza@example.com',
    phone_number: '+5511961234567',
    language: 'pt-BR',
    time_zone: 'America/Sao_Paulo',
    channel_type: 'whatsapp',
    remark: 'Asks about the pro plan',
    labels: ['vip', 'pro plan'],
  },
  { first_name: 'Zoë', last_name: 'Müller', email: 'zoe@example.de', phone_number: '+4930123456' },
  {
    display_name: '李小龍',
    phone_number: '91234567',
    area_code: '852',
    channel_type: 'wechat',
    language: 'zh-HK',
  },
  { display_name: 'محمد علي', email: 'mohamed@example.eg', channel_type: 'facebook', language: 'ar' },
  {
    first_name: 'Priya',
    last_name: 'Nair',
    email: 'priya@example.in',
    channel_type: 'instagram',
    labels: ['vip'],
  },
  { display_name: 'Visitor 4711' },
]

const HOUR_MS = 3_600_000

/**
 * Fills a server with contacts to try things on: names in several scripts, some fields unset, labels on two, a conversation with an
 * activity, a comment, a file and an item of a board (`bi_1`) on the first, and two notices.
 *
 * @param now - milliseconds since the epoch; the contacts are an hour apart before it
 * @returns how many contacts there are
 */
export function seedChannelInboxSample(inbox: ChannelInboxEmulator, now: number): number {
  const contacts = inbox.seed(
    PEOPLE.map((person, at) => {
      const created_at = new Date(Math.trunc(now) - (PEOPLE.length - at) * HOUR_MS).toISOString()
      return { ...person, created_at }
    }),
  )
  for (const { id } of contacts.slice(0, 1)) {
    const [conversation] = inbox.seedConversations(id, [
      { name: 'Which plan fits?', channel_type: 'whatsapp' },
    ])
    inbox.seedActivities(conversation?._id ?? '', [{ message: 'Kai joined the conversation' }])
    inbox.seedComments(id, [{ text: 'Called back on Monday', channel_type: 'whatsapp' }])
    inbox.seedFiles(id, [{ name: 'offer.pdf', size: 48_213 }])
    inbox.seedBoardItems(id, ['bi_1'])
  }
  inbox.seedNotifications([
    { title: 'New conversation', content: 'Ana Souza wrote on WhatsApp', channel_type: 'whatsapp' },
    { title: 'Assigned to you', content: 'Zoë Müller', is_read: true },
  ])
  return contacts.length
}
