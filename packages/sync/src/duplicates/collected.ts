import type { Contact } from '@anycontact/core'
import { Blocks } from './blocks.ts'
import { domainsOf, emailForms, phoneForms } from './keys.ts'
import { firstWordOf, nameForm, surnameOf } from './names.ts'
import type { DuplicatesSettings } from './options.ts'
import { PUBLIC_DOMAINS } from './public-domains.ts'
import type { DuplicateContact } from './report.ts'

/** What is kept of the contacts that were read: of each what a report shows of it, and what it is compared by. */
export class Collected {
  readonly contacts: DuplicateContact[] = []
  readonly emails = new Blocks()
  readonly phones = new Blocks()
  /** By domain and surname, the two parted by a blank. */
  readonly domains = new Blocks()
  readonly #names: (string | undefined)[] = []
  readonly #settings: DuplicatesSettings
  readonly #comparesNames: boolean
  readonly #publicDomains: ReadonlySet<string>

  constructor(settings: DuplicatesSettings) {
    this.#settings = settings
    this.#comparesNames = settings.by.includes('name')
    this.#publicDomains = new Set(
      [...PUBLIC_DOMAINS, ...settings.publicDomains].map((domain) => domain.toLowerCase()),
    )
  }

  /** The name of a contact in the form in which names are compared. */
  nameOf(contact: number): string | undefined {
    return this.#names[contact]
  }

  add(contact: Contact): void {
    const { by, canonical } = this.#settings
    const place = this.contacts.length
    this.contacts.push(shown(contact))
    const emails = this.#comparesNames || by.includes('email') ? emailForms(contact, canonical) : []
    for (const form of emails) this.emails.add(form, place)
    if (this.#comparesNames || by.includes('phone')) {
      for (const form of phoneForms(contact, canonical)) this.phones.add(form, place)
    }
    if (this.#comparesNames) this.#addName(contact, emails)
  }

  #addName(contact: Contact, emails: readonly string[]): void {
    const place = this.#names.length
    const name = nameForm(contact)
    this.#names.push(name)
    const surname = name === undefined ? undefined : surnameOf(name)
    if (name === undefined || surname === undefined) return
    const first = firstWordOf(name)
    for (const domain of domainsOf(emails)) {
      if (this.#publicDomains.has(domain)) continue
      this.domains.add(`${domain} ${surname}`, place)
      // A surname may be written first: what it is to the other name decides.
      if (first !== surname) this.domains.add(`${domain} ${first}`, place)
    }
  }
}

function shown({ provider, id, name, email, phone }: Contact): DuplicateContact {
  return {
    provider,
    id,
    ...(name !== undefined && { name }),
    ...(email !== undefined && { email }),
    ...(phone !== undefined && { phone }),
  }
}

/** The order in which contacts are told: by provider and id, so that the order in which they came does not count. */
export function compareContacts(one: DuplicateContact, other: DuplicateContact): number {
  return compareText(one.provider, other.provider) || compareText(one.id, other.id)
}

/** The order of texts by their code units. */
export function compareText(one: string, other: string): number {
  if (one === other) return 0
  return one < other ? -1 : 1
}
