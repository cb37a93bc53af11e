import { isPlainObject, readMember } from '@anycontact/core/adapter-kit'

/** How the account on the server is set up. */
export interface AccountSetup {
  /** The attribute that no two people can share. @default member_no */
  readonly uniqueAttribute?: string
  /** @default Date.now */
  readonly now?: () => number
}

/** A person as it is stored. */
export interface StoredPerson {
  readonly id: string
  readonly full_name: string | null
  readonly email: string | null
  readonly phone: string | null
  readonly mobile: string | null
  readonly fax: string | null
  readonly labels: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
  readonly created_at: number
  readonly archived: boolean
}

/** The members of an object in a request. */
export type Members = Readonly<Record<string, unknown>>

/** Why the server does not do what it is asked to. */
export class Refusal extends Error {
  readonly status: number
  readonly body: { readonly code: string; readonly message: string }

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.body = { code, message }
  }
}

/** The people of an account. Each method throws a {@link Refusal} for what it does not do. */
export interface People {
  /** Those that are archived (`only`), those that are not (`without`), or `all`. */
  list(archived: string | null): readonly StoredPerson[]
  /** Those that meet all filters and have every word of a text in their name or address; archived ones are not found. */
  search(filters: readonly Members[], text: string): readonly StoredPerson[]
  find(property: string, value: string): StoredPerson
  create(body: Members): StoredPerson
  change(id: string, body: Members): StoredPerson
  upsert(property: string, body: Members): { readonly person: StoredPerson; readonly created: boolean }
  archive(id: string): void
}

/** Makes an account without people. */
export function createPeople({ uniqueAttribute = 'member_no', now = Date.now }: AccountSetup): People {
  const people = new Map<string, StoredPerson>()
  const keys = ['id', 'email', `attributes.${uniqueAttribute}`]
  let lastId = 0

  const living = (): StoredPerson[] => [...people.values()].filter(({ archived }) => !archived)
  const byKey = (property: string, value: unknown): StoredPerson | undefined => {
    if (!keys.includes(property))
      throw new Refusal(400, 'property', 'People are not looked up by that property')
    return living().find((person) => meets(person, property, value))
  }
  const one = (property: string, value: unknown): StoredPerson => {
    const person = byKey(property, value)
    if (person === undefined) throw new Refusal(404, 'no_person', 'No such person')
    return person
  }
  const store = (before: StoredPerson, body: Members): StoredPerson => {
    const person = changed(before, body)
    for (const property of keys) {
      const value = readProperty(person, property)
      const holder = typeof value === 'string' ? byKey(property, value) : undefined
      if (holder && holder.id !== person.id)
        throw new Refusal(400, 'taken', `${String(value)} is somebody else's`)
    }
    people.set(person.id, person)
    return person
  }
  const create = (body: Members): StoredPerson =>
    store({ ...NOBODY, id: String(++lastId), created_at: now() }, body)
  const change = (id: string, body: Members): StoredPerson => store(one('id', id), body)

  return {
    create,
    change,
    find: one,
    list: (archived) => {
      const wanted = archived === 'only'
      return archived === 'all'
        ? [...people.values()]
        : [...people.values()].filter((person) => person.archived === wanted)
    },
    search: (filters, text) =>
      living().filter(
        (person) =>
          filters.every(({ property, value }) => meets(person, String(property), value)) &&
          hasWords(person, text),
      ),
    upsert(property, body) {
      const before = byKey(property, readProperty(body, property))
      return before
        ? { person: change(before.id, body), created: false }
        : { person: create(body), created: true }
    },
    archive(id) {
      people.set(id, { ...one('id', id), archived: true })
    },
  }
}

const NOBODY = {
  full_name: null,
  email: null,
  phone: null,
  mobile: null,
  fax: null,
  labels: [],
  attributes: {},
  archived: false,
} as const

/** A member by its name, or an attribute as `attributes.name`. */
export function readProperty(person: object, property: string): unknown {
  const [first = '', ...rest] = property.split('.')
  const member = readMember(person, first)
  return rest.length === 0 ? member : readMember(member, rest.join('.'))
}

/** Addresses are compared without regard to case, labels one by one, everything else letter by letter. */
function meets(person: StoredPerson, property: string, value: unknown): boolean {
  const present = readProperty(person, property)
  if (property === 'email') return typeof value === 'string' && present === value.toLowerCase()
  return Array.isArray(present) ? present.includes(value) : present !== undefined && present === value
}

function hasWords({ full_name, email }: StoredPerson, text: string): boolean {
  const words = `${full_name} ${email}`.toLowerCase()
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word))
}

/** A person with what a body says: absent leaves, null clears, attributes merge. */
function changed(before: StoredPerson, body: Members): StoredPerson {
  const text = (name: 'full_name' | 'email' | 'phone' | 'mobile' | 'fax'): string | null => {
    const value = body[name] === undefined ? before[name] : body[name]
    if (value !== null && typeof value !== 'string') throw new Refusal(400, 'body', `${name} must be text`)
    return value || null
  }
  const number = (name: 'phone' | 'mobile' | 'fax') => text(name)?.replace(/[\s().-]/g, '') ?? null
  const { labels = before.labels, attributes } = body
  if (labels !== null && !isTexts(labels)) throw new Refusal(400, 'body', 'labels must be texts')
  const merged = Object.entries({ ...before.attributes, ...(isPlainObject(attributes) ? attributes : {}) })
  return {
    ...before,
    full_name: text('full_name'),
    email: text('email')?.toLowerCase() ?? null,
    phone: number('phone'),
    mobile: number('mobile'),
    fax: number('fax'),
    labels: labels ?? [],
    attributes: Object.fromEntries(
      merged.flatMap(([name, value]) => {
        if (value !== null && typeof value !== 'string')
          throw new Refusal(400, 'body', `${name} must be text`)
        return value === null ? [] : [[name, value]]
      }),
    ),
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string')
}
