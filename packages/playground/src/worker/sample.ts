import type {
  ChannelInboxContactSeed,
  CognipeerSeed,
  ContactMethodsSeed,
  ContactSeed,
} from '@anycontact/emulator'

/** People, whom each vendor keeps in its own way. */
interface Person {
  readonly first: string
  readonly last: string
  readonly email?: string
  readonly phone?: string
  readonly plan?: string
  readonly tags?: readonly string[]
}

const PEOPLE: readonly Person[] = [
  {
    first: 'Ana',
    last: 'Souza',
    email: 'ana@example.com',
    phone: '+5511961234567',
    plan: 'pro',
    tags: ['vip'],
  },
  { first: 'Zoë', last: 'Müller', email: 'zoe@example.de', phone: '+4930123456', plan: 'free' },
  { first: 'Priya', last: 'Nair', email: 'priya@example.in', phone: '+912212345678', plan: 'pro' },
  { first: 'Søren', last: 'Kjær', email: 'soren@example.dk', plan: 'team' },
  { first: 'Mei', last: 'Lin', phone: '+85221234567', plan: 'pro', tags: ['vip'] },
  { first: 'Seán', last: 'O’Brien', email: 'sean@example.ie', phone: '+35312345678' },
  { first: 'Dana', last: 'Petrov', email: 'dana@example.org', plan: 'free' },
  { first: 'Yuki', last: 'Tanaka', email: 'yuki@example.jp', phone: '+81312345678', plan: 'team' },
]

const HOUR_MS = 3_600_000
const FIRST_DAY = Date.UTC(2026, 0, 5, 9)

/** What the emulators hold at first. */
export interface Sample {
  readonly chatbotkit: readonly ContactSeed[]
  readonly cognipeer: readonly CognipeerSeed[]
  readonly channelInbox: readonly ChannelInboxContactSeed[]
  readonly contactMethods: readonly ContactMethodsSeed[]
}

/** The same people at every vendor, an hour apart. */
export const SAMPLE: Sample = {
  chatbotkit: PEOPLE.map((person, index) => ({
    name: `${person.first} ${person.last}`,
    // The form that the adapter gives to external ids, which ChatBotKit does not have.
    fingerprint: `anycontact-external-id:crm-${index + 1}`,
    email: person.email ?? null,
    phone: person.phone ?? null,
    meta: person.plan === undefined ? null : { plan: person.plan },
    verifiedAt: FIRST_DAY + index * HOUR_MS,
    createdAt: FIRST_DAY + index * HOUR_MS,
    updatedAt: FIRST_DAY + index * HOUR_MS,
  })),
  cognipeer: PEOPLE.map(({ first, last, email, phone, plan, tags }, index) => ({
    integrationId: `crm-${index + 1}`,
    name: `${first} ${last}`,
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
    ...(plan !== undefined && { properties: { plan } }),
    ...(tags !== undefined && { tags: [...tags] }),
    createdDate: timeOf(index),
    modifiedDate: timeOf(index),
  })),
  channelInbox: PEOPLE.map(({ first, last, email = '', phone = '', tags = [] }, index) => ({
    first_name: first,
    last_name: last,
    display_name: `${first} ${last}`,
    email,
    phone_number: phone,
    labels: [...tags],
    created_at: timeOf(index),
  })),
  contactMethods: PEOPLE.flatMap(({ email, phone }, index) => {
    const clientId = `crm-${index + 1}`
    const times = { createdAt: timeOf(index), updatedAt: timeOf(index) }
    return [
      ...(email === undefined
        ? []
        : [{ clientId, type: 'email' as const, value: email, isPrimary: true, ...times }]),
      ...(phone === undefined
        ? []
        : [{ clientId, type: 'mobile' as const, value: phone, isPrimary: true, ...times }]),
    ]
  }),
}

function timeOf(index: number): string {
  return new Date(FIRST_DAY + index * HOUR_MS).toISOString()
}
