import type { ContactInput } from '@anycontact/core'
import { matchAddress } from './addresses.ts'
import { plain } from './plain.ts'

/** The fields that a column can be found for by its name. `id` is the provider's own, and found only where it is asked for. */
type NamedField = Exclude<keyof ContactInput, 'id'>

/**
 * What columns are called, without blanks and signs, those of addresses apart. Of several columns for one field, the one in an earlier list is taken; two
 * of one list are as good as each other, so that the caller has to say which.
 */
const NAMES: Readonly<Record<Exclude<NamedField, 'email' | 'phone'>, readonly (readonly string[])[]>> = {
  externalId: [['externalid'], ['externalreference', 'externalkey']],
  name: [
    ['name', 'fullname'],
    ['displayname', 'contactname'],
  ],
  givenName: [['givenname', 'firstname'], ['forename']],
  familyName: [['familyname', 'lastname', 'surname']],
  nickname: [['nickname']],
  contactMethods: [['contactmethods']],
  avatarUrl: [
    ['avatarurl', 'avatar'],
    ['photourl', 'pictureurl', 'imageurl'],
    ['photo', 'picture'],
  ],
  note: [
    ['note', 'notes'],
    ['remark', 'remarks'],
  ],
  locale: [['locale'], ['language', 'preferredlanguage']],
  timezone: [['timezone']],
  tags: [['tags', 'tag'], ['labels'], ['categories', 'groupmembership']],
  status: [['status']],
  customFields: [['customfields']],
  verifiedAt: [['verifiedat']],
}

/** A field that a column's name stands for, and how surely: the lower, the surer. */
export interface FieldMatch {
  readonly field: NamedField
  readonly rank: number
}

const MATCHES: ReadonlyMap<string, FieldMatch> = new Map(
  Object.entries(NAMES).flatMap(([field, lists]) =>
    lists.flatMap((names, rank) =>
      names.map((name): [string, FieldMatch] => [name, { field: field as NamedField, rank }]),
    ),
  ),
)

/** The field that a column's name stands for. */
export function matchField(header: string): FieldMatch | undefined {
  const address = matchAddress(header)
  if (!address) return MATCHES.get(plain(header))
  if (address.type === 'fax') return undefined
  return { field: address.type === 'email' ? 'email' : 'phone', rank: address.rank }
}
