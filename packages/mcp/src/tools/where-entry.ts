import type { ContactsWith, Where } from '@anycontact/core'
import * as v from 'valibot'
import { anyObject } from './arguments.ts'

/** What every `where` says of itself. */
const LANGUAGE = [
  'Which contacts: all conditions must hold. A field with a value means equality, with null that it has none;',
  'or { eq, ne, in, exists }; createdAt, updatedAt and verifiedAt also { gt, gte, lt, lte }, ISO 8601 with a zone.',
  'Fields: id, externalId, name, givenName, familyName, nickname, email, phone, avatarUrl, note, locale, timezone,',
  'status, tags (has the tag), deleted, and customFields: { plan: "pro" }. Texts are compared as a whole.',
].join(' ')

/** The `where` of a tool. What is in it is checked by the client, which says best what is wrong. */
function whereEntry(description: string): v.GenericSchema<unknown, Where> {
  return v.pipe(
    anyObject(),
    v.description(description),
    v.transform((where) => where as Where), // the client checks it
  )
}

/** A `where`, described by its language and by what the provider itself can filter. */
export function describedWhere(contacts: ContactsWith<'list'>): v.GenericSchema<unknown, Where> {
  return whereEntry(`${LANGUAGE} ${filtersOf(contacts)}`)
}

/** A `where` of another tool than the one that describes it. */
export function shortWhere(): v.GenericSchema<unknown, Where> {
  return whereEntry('Which contacts, as in list_contacts. Default: all.')
}

function filtersOf({ capabilities, provider }: ContactsWith<'list'>): string {
  const byOperators = new Map<string, string[]>()
  for (const [field, operators] of Object.entries(capabilities.list.where)) {
    const known = byOperators.get(operators.join(', '))
    if (known) known.push(field)
    else byOperators.set(operators.join(', '), [field])
  }
  if (byOperators.size === 0) {
    return `${provider} filters by nothing itself: contacts are read and compared here, which takes longer.`
  }
  const native = [...byOperators].map(([operators, fields]) => `${fields.join(', ')} (${operators})`)
  return `${provider} filters itself by ${native.join('; ')}. By all else contacts are read and compared here, which takes longer.`
}
