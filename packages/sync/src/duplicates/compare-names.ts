import { compareText } from './collected.ts'
import { inOrder, similarity } from './names.ts'

/** With how many neighbours in the alphabet a name is compared: in a block of no more names, with all. */
const NEIGHBOURS = 100

/** What more contacts than this share says nothing about two of them, even where they have the same name. */
const LARGEST_BLOCK = 10_000

/** Contacts of a block whose names are like each other. */
export interface AlikeNames {
  readonly contacts: readonly number[]
  readonly similarity: number
}

/** A block in which names are compared. */
export interface NameBlock {
  /** In the order in which contacts are told. */
  readonly contacts: readonly number[]
  nameOf(contact: number): string | undefined
  /** How like two names must be. */
  readonly least: number
  /** Whether a contact is in the block by what may be its surname; two that are not have nothing in common. @default always */
  readonly isSurnameOf?: ((contact: number) => boolean) | undefined
}

/** What {@link compareNames} found, and how many of the names it compared with each other. */
export interface ComparedNames {
  readonly alike: readonly AlikeNames[]
  readonly compared: 'all' | 'some' | 'none'
}

interface Bearers {
  readonly words: string
  readonly contacts: number[]
  /** Who stands for them, where two names are only like each other. */
  standing: number
  bySurname: boolean
}

/** Compares the names of a block. The work grows with the number of its contacts, not with that of its pairs. */
export function compareNames(block: NameBlock): ComparedNames {
  if (block.contacts.length > LARGEST_BLOCK) return { alike: [], compared: 'none' }
  const names = namesOf(block)
  const alike: AlikeNames[] = []
  for (const { contacts, bySurname } of names) {
    if (contacts.length > 1 && bySurname) alike.push({ contacts, similarity: 1 })
  }
  for (const [place, one] of names.entries()) {
    for (const other of names.slice(place + 1, place + 1 + NEIGHBOURS)) {
      if (!one.bySurname && !other.bySurname) continue
      const like = similarity(one.words, other.words, block.least)
      if (like > 0) alike.push({ contacts: [one.standing, other.standing], similarity: like })
    }
  }
  return { alike, compared: names.length > NEIGHBOURS + 1 ? 'some' : 'all' }
}

/** The names of a block in the order of the alphabet, each with those who bear it. */
function namesOf({ contacts, nameOf, isSurnameOf }: NameBlock): readonly Bearers[] {
  const names = new Map<string, Bearers>()
  for (const contact of contacts) {
    const name = nameOf(contact)
    if (name === undefined) continue
    const words = inOrder(name)
    const bySurname = isSurnameOf?.(contact) ?? true
    const bearers = names.get(words)
    if (!bearers) {
      names.set(words, { words, contacts: [contact], standing: contact, bySurname })
      continue
    }
    bearers.contacts.push(contact)
    if (bySurname && !bearers.bySurname) {
      bearers.standing = contact
      bearers.bySurname = true
    }
  }
  return [...names.values()].sort((one, other) => compareText(one.words, other.words))
}
