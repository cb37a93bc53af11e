import { setImmediate } from 'node:timers/promises'
import type { Contact, ContactsWith } from '@anycontact/core'
import { Collected, compareContacts, compareText } from './collected.ts'
import { compareNames } from './compare-names.ts'
import { groupsOf, type NumberedReason, toContacts } from './grouping.ts'
import { checkOptions, type DuplicatesSettings, type FindDuplicatesOptions } from './options.ts'
import type { Crowd, DuplicateReport } from './report.ts'

/** Contacts among which duplicates are looked for: a client that can list, one of its listings, or any other row of contacts. */
export type ContactsSource = ContactsWith<'list'> | AsyncIterable<Contact> | Iterable<Contact>

/** How much is done before others have their turn. */
const TURN = 10_000

/**
 * Finds contacts that may be one. It reads and reports; what becomes of them is yours to say.
 *
 * - **Email addresses and phone numbers** are compared as people mean them: without regard to case and to signs between digits. A number
 *   with an extension is another one than without. All of a contact's addresses and numbers count, faxes apart; numbers of fewer
 *   than five digits don't. Nothing is guessed: `ana.souza@gmail.com` is not `anasouza@gmail.com`, and `(415) 555-2671` is not
 *   `+1 415 555 2671`, unless `canonical` says so.
 * - **Names** are compared without regard to accents, case and the order of words, and only among contacts that share an address, a
 *   number, or a domain and a surname, the domains of large public mail services apart. So no two contacts are ever joined by their
 *   names alone.
 * - **What many share**, such as the number of a switchboard, does not join them (`maxShared`): it is told under `crowds`.
 *
 * All contacts are read before the report is made. Of each, its id, name, primary address and number, and what it is compared by, are
 * kept in memory: some hundred bytes.
 *
 * @param contacts - where they come from. Contacts of several providers can be given one after the other
 * @param options - what makes contacts duplicates
 * @throws ContactsError `invalid_input` for options that cannot work. What reading throws is thrown as it is
 *
 * @example
 * ```ts
 * const { groups, crowds } = await findDuplicates(contacts, { by: ['email', 'phone', 'name'] })
 * for (const { contacts, reasons } of groups) {
 *   console.log(contacts.map(({ id }) => id), reasons.map(({ why, detail }) => `${why}: ${detail}`))
 * }
 * ```
 */
export async function findDuplicates(
  contacts: ContactsSource,
  options: FindDuplicatesOptions,
): Promise<DuplicateReport> {
  const settings = checkOptions(options)
  settings.signal?.throwIfAborted()
  const listing = isClient(contacts) ? contacts.list({ signal: settings.signal }) : contacts
  const collected = await collect(listing, settings)
  const { reasons, crowds } = await compare(collected, settings)
  return {
    read: collected.contacts.length,
    groups: groupsOf(collected, reasons),
    crowds,
    complete: 'complete' in listing && typeof listing.complete === 'boolean' ? listing.complete : undefined,
  }
}

function isClient(contacts: ContactsSource): contacts is ContactsWith<'list'> {
  return 'list' in contacts && typeof contacts.list === 'function'
}

async function collect(
  contacts: AsyncIterable<Contact> | Iterable<Contact>,
  settings: DuplicatesSettings,
): Promise<Collected> {
  const collected = new Collected(settings)
  for await (const contact of contacts) {
    settings.signal?.throwIfAborted()
    if (contact.deleted) continue
    collected.add(contact)
    if (collected.contacts.length % TURN === 0) await giveTurn(collected, settings, 'reading')
  }
  await giveTurn(collected, settings, 'reading')
  return collected
}

async function giveTurn(
  { contacts }: Collected,
  { onProgress, signal }: DuplicatesSettings,
  phase: 'reading' | 'comparing',
): Promise<void> {
  onProgress?.({ read: contacts.length, phase })
  await setImmediate()
  signal?.throwIfAborted()
}

/** Goes through what contacts share, and notes why they may be one, and what too many share. */
async function compare(
  collected: Collected,
  settings: DuplicatesSettings,
): Promise<{ reasons: NumberedReason[]; crowds: Crowd[] }> {
  const { by, nameSimilarity: least, maxShared } = settings
  const reasons: NumberedReason[] = []
  const crowds: Crowd[] = []
  const nameOf = (contact: number): string | undefined => collected.nameOf(contact)
  let compared = 0
  for (const share of ['email', 'phone', 'domain'] as const) {
    for (const { shared: detail, contacts } of collected[`${share}s`].several()) {
      inTellingOrder(collected, contacts)
      const isCrowd = share !== 'domain' && contacts.length > maxShared
      const joins = share !== 'domain' && by.includes(share)
      if (joins && !isCrowd) reasons.push({ why: share, contacts, detail })
      let names: Crowd['names'] = 'none'
      if (by.includes('name')) {
        const surname = share === 'domain' ? detail.slice(detail.indexOf(' ')) : undefined
        const isSurnameOf =
          surname === undefined ? undefined : (contact: number) => nameOf(contact)?.endsWith(surname) === true
        const found = compareNames({ contacts, nameOf, least, isSurnameOf })
        names = found.compared
        for (const alike of found.alike) reasons.push({ why: 'name', within: share, detail, ...alike })
      }
      if ((joins && isCrowd) || (names !== 'all' && by.includes('name'))) {
        crowds.push({ share, detail, contacts: toContacts(collected, contacts), names })
      }
      compared += contacts.length
      if (compared >= TURN) {
        compared = 0
        await giveTurn(collected, settings, 'comparing')
      }
    }
  }
  return { reasons, crowds: crowds.sort(compareCrowds) }
}

/** The largest first. */
function compareCrowds(one: Crowd, other: Crowd): number {
  return (
    other.contacts.length - one.contacts.length ||
    compareText(one.share, other.share) ||
    compareText(one.detail, other.detail)
  )
}

function inTellingOrder({ contacts }: Collected, numbers: number[]): void {
  numbers.sort((one, other) => {
    const first = contacts[one]
    const second = contacts[other]
    return first && second ? compareContacts(first, second) : 0
  })
}
