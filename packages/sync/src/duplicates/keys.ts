import type { Contact } from '@anycontact/core'
import { keyForm } from '@anycontact/core/adapter-kit'

/** Rewrites a key before it is compared. */
type Canonical = (key: 'email' | 'phone', value: string) => string

const SAME: Canonical = (_, value) => value

/** Something, and a domain. */
const ADDRESS = /.@[^\s@]+$/u

/** Below this many digits a number is somebody's extension, or no number at all. */
const LEAST_DIGITS = 5

/**
 * The forms by which the email addresses of a contact are compared, all of them, each once. What has no `@` before a domain is none.
 *
 * @param canonical - rewrites an address first
 */
export function emailForms(contact: Contact, canonical: Canonical = SAME): readonly string[] {
  const forms: string[] = []
  const add = (value: string): void => {
    const form = keyForm('email', canonical('email', value)).normalize('NFC')
    if (ADDRESS.test(form) && !forms.includes(form)) forms.push(form)
  }
  if (contact.email !== undefined) add(contact.email)
  for (const { type, value } of contact.contactMethods) {
    if (type === 'email' && value !== contact.email) add(value)
  }
  return forms
}

/**
 * The forms by which the phone numbers of a contact are compared, those of mobiles too, each once. Faxes are none: an office shares one.
 *
 * @param canonical - rewrites a number first
 */
export function phoneForms(contact: Contact, canonical: Canonical = SAME): readonly string[] {
  const forms: string[] = []
  const add = (value: string): void => {
    const form = keyForm('phone', canonical('phone', value))
    const end = form.indexOf(';')
    if ((end < 0 ? form.length : end) >= LEAST_DIGITS && !forms.includes(form)) forms.push(form)
  }
  if (contact.phone !== undefined) add(contact.phone)
  for (const { type, value } of contact.contactMethods) {
    if ((type === 'phone' || type === 'mobile') && value !== contact.phone) add(value)
  }
  return forms
}

/** The domains of addresses in the form of {@link emailForms}, each once. */
export function domainsOf(emails: readonly string[]): readonly string[] {
  const domains: string[] = []
  for (const email of emails) {
    const domain = email.slice(email.lastIndexOf('@') + 1)
    if (!domains.includes(domain)) domains.push(domain)
  }
  return domains
}
