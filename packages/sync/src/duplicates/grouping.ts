import { type Collected, compareContacts, compareText } from './collected.ts'
import { Joined } from './joined.ts'
import type { DuplicateContact, DuplicateGroup, DuplicateReason } from './report.ts'

/** Why contacts, told by their numbers, may be one. */
export type NumberedReason = {
  readonly contacts: readonly number[]
  readonly detail: string
} & (
  | { readonly why: 'email' | 'phone' }
  | { readonly why: 'name'; readonly similarity: number; readonly within: 'email' | 'phone' | 'domain' }
)

/** Makes groups of all that reasons join. A contact that came twice is one. */
export function groupsOf(collected: Collected, reasons: readonly NumberedReason[]): DuplicateGroup[] {
  const joined = new Joined(collected.contacts.length)
  for (const { contacts } of reasons) {
    const [first, ...others] = contacts
    for (const other of others) if (first !== undefined) joined.join(first, other)
  }
  const byGroup = new Map<number, NumberedReason[]>()
  for (const reason of reasons) {
    const [first] = reason.contacts
    if (first === undefined) continue
    const standing = joined.standing(first)
    const known = byGroup.get(standing)
    if (known) known.push(reason)
    else byGroup.set(standing, [reason])
  }
  const groups: DuplicateGroup[] = []
  for (const [standing, ofGroup] of byGroup) {
    byGroup.delete(standing)
    const group = toGroup(collected, ofGroup)
    if (group) groups.push(group)
  }
  return groups.sort((one, other) => compareFirst(one.contacts, other.contacts))
}

function toGroup(collected: Collected, numbered: readonly NumberedReason[]): DuplicateGroup | undefined {
  const members = new Map<string, DuplicateContact>()
  const reasons: DuplicateReason[] = []
  for (const { contacts: numbers, ...reason } of numbered) {
    const contacts = toContacts(collected, numbers, members)
    if (contacts.length > 1) reasons.push({ ...reason, contacts })
  }
  if (reasons.length === 0) return undefined
  return {
    contacts: [...members.values()].sort(compareContacts),
    reasons: withoutRepeats(reasons.sort(compareReasons)),
  }
}

/**
 * The contacts of these numbers, each once, in the order in which they are told.
 *
 * @param known - those of the same group that were made before
 */
export function toContacts(
  { contacts }: Collected,
  numbers: readonly number[],
  known = new Map<string, DuplicateContact>(),
): readonly DuplicateContact[] {
  const found = new Set<DuplicateContact>()
  for (const number of numbers) {
    const contact = contacts[number]
    if (!contact) continue
    const identity = JSON.stringify([contact.provider, contact.id])
    const first = known.get(identity) ?? contact
    known.set(identity, first)
    found.add(first)
  }
  return [...found].sort(compareContacts)
}

const WITHIN = { email: 0, phone: 1, domain: 2 } as const
const WHY = { email: 0, phone: 1, name: 2 } as const

function compareReasons(one: DuplicateReason, other: DuplicateReason): number {
  const order = WHY[one.why] - WHY[other.why] || compareAll(one.contacts, other.contacts)
  if (order !== 0) return order
  if (one.why === 'name' && other.why === 'name') {
    return WITHIN[one.within] - WITHIN[other.within] || compareText(one.detail, other.detail)
  }
  return compareText(one.detail, other.detail)
}

/** That two names are like each other is told once, however many things the contacts share beside. */
function withoutRepeats(sorted: readonly DuplicateReason[]): DuplicateReason[] {
  return sorted.filter((reason, place) => {
    const before = sorted[place - 1]
    return (
      reason.why !== 'name' || before?.why !== 'name' || compareAll(before.contacts, reason.contacts) !== 0
    )
  })
}

function compareAll(one: readonly DuplicateContact[], other: readonly DuplicateContact[]): number {
  for (const [place, contact] of one.entries()) {
    const beside = other[place]
    const order = beside ? compareContacts(contact, beside) : 1
    if (order !== 0) return order
  }
  return one.length - other.length
}

/** Orders by the first contact. */
function compareFirst(one: readonly DuplicateContact[], other: readonly DuplicateContact[]): number {
  const [first] = one
  const [beside] = other
  return first && beside ? compareContacts(first, beside) : one.length - other.length
}
