import { type Contact, type ContactsWith, type CopyReport, copyContacts } from '@anycontact/core'
import { addedFields, type CopiedField, compareContacts, type Fate, keyOf } from './compare.ts'
import { variedContacts } from './contacts.ts'
import { clients, type ProviderName, seededInbox } from './providers.ts'

/** The providers that a copy can come from, which are all. */
export const SOURCES = [
  'memory',
  'chatbotkit',
  'cognipeer',
  'channel-inbox',
  'contact-methods',
] as const satisfies readonly ProviderName[]

/** The providers that a copy can go to: those that can upsert. */
export const TARGETS = [
  'memory',
  'chatbotkit',
  'cognipeer',
  'channel-inbox',
  'contact-methods',
] as const satisfies readonly ProviderName[]

/** One of {@link SOURCES}. */
export type Source = (typeof SOURCES)[number]

/** One of {@link TARGETS}. */
export type Target = (typeof TARGETS)[number]

/** How many contacts had a field with each fate. */
export type Fates = ReadonlyMap<CopiedField, Readonly<Record<Fate, number>>>

/** One copy and what became of the contacts in it. */
export interface Copy {
  /** Where the contacts were at first. */
  readonly from: Source
  readonly to: Target
  /** Whether they were copied on, from `to` into another, empty store of the first provider. */
  readonly back: boolean
  readonly report: CopyReport
  /** Of the contacts that arrived: what became of their fields, compared with those they were copied from. */
  readonly step: Fates
  /** As `step`, compared with the contacts as they were at first. The same as `step` on the way there. */
  readonly whole: Fates
  /** How many there were at first. */
  readonly original: number
  /** How many of those have arrived. */
  readonly arrived: number
  /** The fields that a copy had and the contact it was copied from had not. */
  readonly added: ReadonlySet<CopiedField>
  /** The keys of those that did not arrive although the report tells of no failure. */
  readonly missing: readonly string[]
}

/** How many requests are under way at once: as the servers are in this process, waiting is not what takes the time. */
const concurrency = 16

/** When copies back are made: a time that a provider sets by itself must not be the one it set at first, by chance. */
const LATER_MS = Date.UTC(2026, 6, 1)

type Readable = ContactsWith<'list'>
type Writable = ContactsWith<'list' | 'upsertMany'>

/**
 * Copies contacts from each provider to every other, and from there back into an empty one of the first kind; to the inbox, which has no
 * place for the caller's ids, by email and not back. Memory has all the contacts at the start; the inbox what it can hold of them; the
 * others what the copy from memory brought.
 *
 * @param count - how many contacts
 */
export async function copyAround(count: number): Promise<Copy[]> {
  const all = clients.memory()
  await all.createMany(variedContacts(count))
  const inbox = seededInbox(await all.list().toArray())
  const copies: Copy[] = []
  const filled = new Map<Source, Readable>([
    ['memory', all],
    ['channel-inbox', inbox],
  ])
  for (const from of SOURCES) {
    const source = filled.get(from)
    if (!source) throw new Error(`Nothing was copied to ${from}.`)
    const original = await source.list().toArray()
    for (const to of TARGETS) {
      const target: Writable = clients[to]()
      const there = await copy({ from, to, back: false }, source, target, original, original)
      copies.push(there.copy)
      if (from === 'memory' && !filled.has(to)) filled.set(to, target)
      if (from === 'channel-inbox' || to === 'channel-inbox') continue
      const again = clients[from](LATER_MS)
      const back = await copy({ from, to, back: true }, target, again, there.contacts, original)
      copies.push(back.copy)
    }
  }
  return copies
}

async function copy(
  route: Pick<Copy, 'from' | 'to' | 'back'>,
  from: Readable,
  to: Writable,
  before: readonly Contact[],
  original: readonly Contact[],
): Promise<{ readonly copy: Copy; readonly contacts: readonly Contact[] }> {
  const by = KEYS[to.provider] ?? 'externalId'
  const key = by === 'email' ? emailOf : keyOf
  const report = await copyContacts(from, to, { by, concurrency, scan: true })
  const contacts = await to.list().toArray()
  const arrived = new Map(contacts.map((contact) => [key(contact), contact]))
  const failed = new Set(report.failed.map(({ id }) => id))
  const result: Copy = {
    ...route,
    report,
    step: countFates(before, arrived, key),
    whole: countFates(original, arrived, key),
    original: original.length,
    arrived: original.filter((contact) => arrived.has(key(contact))).length,
    added: new Set(
      before.flatMap((contact) => {
        const after = arrived.get(key(contact))
        return after ? addedFields(contact, after) : []
      }),
    ),
    missing: before.filter((contact) => !failed.has(contact.id) && !arrived.has(key(contact))).map(key),
  }
  return { copy: result, contacts }
}

/** The id of a client at contact methods is the caller's; an inbox has no place for one. Elsewhere the external id is. */
const KEYS: Readonly<Record<string, 'id' | 'email'>> = { 'contact-methods': 'id', 'channel-inbox': 'email' }

/** What a copy is found by where there is no external id. One without an address has not arrived. */
function emailOf({ provider, id, email }: Contact): string {
  return email?.toLowerCase() ?? `${provider}:${id}`
}

/** Counts what became of the fields of contacts, of those that arrived. */
export function countFates(
  before: readonly Contact[],
  arrived: ReadonlyMap<string, Contact>,
  key: (contact: Contact) => string = keyOf,
): Fates {
  const counts = new Map<CopiedField, Record<Fate, number>>()
  for (const contact of before) {
    const after = arrived.get(key(contact))
    if (!after) continue
    for (const [field, fate] of compareContacts(contact, after)) {
      const count = counts.get(field) ?? { kept: 0, changed: 0, lost: 0 }
      counts.set(field, { ...count, [fate]: count[fate] + 1 })
    }
  }
  return counts
}

/**
 * The fields that were lost more often than the report says, which are lost in silence. What the report says of contact methods
 * as a whole it says of their members too.
 */
export function lostInSilence(step: Fates, { dropped }: Pick<CopyReport, 'dropped'>): CopiedField[] {
  return [...step]
    .filter(([field, { lost }]) => {
      const [whole = field] = field.split('.')
      const told = (dropped[field] ?? 0) + (whole === field ? 0 : (dropped[whole] ?? 0))
      return lost > told
    })
    .map(([field]) => field)
}

/**
 * What the report says was left out and is not missed, or more often than it can be: a report that cries wolf. Contacts that
 * failed can have had any field. Members of contact methods are left out with the list, which is then counted once.
 */
export function toldInVain(step: Fates, { dropped, failed }: CopyReport): string[] {
  return Object.entries(dropped)
    .filter(([path, told]) => {
      const lost = [...step]
        .filter(([field]) => field === path || (path === 'contactMethods' && field.startsWith(`${path}.`)))
        .reduce((sum, [, fates]) => sum + fates.lost, 0)
      return told > lost + failed.length
    })
    .map(([path]) => path)
}
