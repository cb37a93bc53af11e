import type { Contact, FetchFunction, ListQuery } from '@anycontact/core'
import { type Random, seededRandom } from './random.ts'
import { SHELVES, type Shelf } from './shelves.ts'

/** A listing that is read while others change what is in it. */
export interface Case {
  readonly provider: keyof typeof SHELVES
  readonly name: string
  readonly query: ListQuery
  /** Whether the query leaves out who was changed by `leave`. @default false */
  readonly isFiltered?: boolean
  readonly isSorted?: boolean
  /** Whether pages are read, and not contacts: another way where the provider streams. @default false */
  readonly byPages?: boolean
  /** Why contacts can be passed over here: what the guide says of it. @default they cannot */
  readonly exception?: string
}

const OLDEST_GONE =
  'a client is given at the place of its oldest contact method, and is passed over where that one is deleted meanwhile'
const MOVED =
  'changes move contacts in this order, and its pages are told by their number alone; the listing says that it is not complete'

/** Every listing that is tried. */
export const CASES: readonly Case[] = [
  { provider: 'chatbotkit', name: 'newest first, streamed', query: {} },
  { provider: 'chatbotkit', name: 'newest first, by pages', query: {}, byPages: true },
  { provider: 'chatbotkit', name: 'oldest first', query: { orderBy: { field: 'createdAt' } } },
  {
    provider: 'chatbotkit',
    name: 'by a custom field',
    query: { where: { customFields: { status: 'new' } } },
    isFiltered: true,
  },
  { provider: 'cognipeer', name: 'by id', query: {} },
  {
    provider: 'cognipeer',
    name: 'by status',
    query: { where: { status: 'new' } },
    isFiltered: true,
  },
  {
    provider: 'cognipeer',
    name: 'in order of change',
    query: { orderBy: { field: 'updatedAt' } },
    exception: MOVED,
  },
  { provider: 'channel-inbox', name: 'newest first', query: {} },
  { provider: 'channel-inbox', name: 'oldest first', query: { orderBy: { field: 'createdAt' } } },
  {
    provider: 'channel-inbox',
    name: 'by note',
    query: { where: { note: 'new' } },
    isFiltered: true,
  },
  {
    provider: 'contact-methods',
    name: 'in no known order',
    query: {},
    exception: OLDEST_GONE,
  },
  { provider: 'contact-methods', name: 'sorted by client', query: {}, isSorted: true },
  {
    provider: 'contact-methods',
    name: 'those with a phone',
    query: { where: { phone: { exists: true } } },
    isFiltered: true,
    exception: OLDEST_GONE,
  },
  { provider: 'memory', name: 'as added', query: {} },
  { provider: 'memory', name: 'by status', query: { where: { status: 'new' } }, isFiltered: true },
  { provider: 'memory', name: 'in order of change', query: { orderBy: { field: 'updatedAt' } } },
]

/** What a round found. */
export interface Found {
  readonly case: Case
  readonly seed: number
  /** Who was there throughout and did not come. */
  readonly lost: readonly string[]
  /** Who came more than once. */
  readonly doubled: readonly string[]
  /** Who came although they were never there while the listing was read. */
  readonly strange: readonly string[]
  readonly failure?: unknown
  readonly complete: boolean | undefined
  /** How many changes there were. */
  readonly changes: number
}

/** Plays one round: everything in it follows from the seed. */
export async function playRound(seed: number): Promise<Found> {
  const played = CASES[seed % CASES.length]
  if (!played) throw new Error('There are no cases.')
  const random = seededRandom(seed)
  const hands = new Hands(random, played.isFiltered === true)
  const shelf: Shelf = SHELVES[played.provider]({
    between: (send) => standBetween(send, random, hands),
    concurrency: random.chance(0.5) ? 1 : 4,
    seed,
    isSorted: played.isSorted === true,
  })
  for (let count = random.below(30); count > 0; count--)
    await shelf.insert().then((id) => hands.there.add(id))
  hands.begin(shelf)
  const pager = shelf.contacts.list({ ...played.query, pageSize: 1 + random.below(6) })
  const came: string[] = []
  let failure: unknown
  try {
    for await (const items of played.byPages ? pagesOf(pager.pages()) : eachOf(pager)) {
      came.push(...items.map(({ id }) => id))
      if (random.chance(0.2)) await hands.move()
    }
  } catch (error) {
    failure = error
  }
  const seen = new Set(came)
  return {
    case: played,
    seed,
    lost: [...hands.stayed].filter((id) => !seen.has(id)),
    doubled: came.filter((id, at) => came.indexOf(id) !== at),
    strange: [...seen].filter((id) => !hands.ever.has(id)),
    ...(failure !== undefined && { failure }),
    complete: pager.complete,
    changes: hands.changes,
  }
}

async function* pagesOf(
  pages: AsyncIterable<{ readonly items: readonly Contact[] }>,
): AsyncGenerator<readonly Contact[]> {
  for await (const { items } of pages) yield items
}

async function* eachOf(contacts: AsyncIterable<Contact>): AsyncGenerator<readonly Contact[]> {
  for await (const contact of contacts) yield [contact]
}

/** Requests are answered in any order, and others change something before and after the provider looks. */
function standBetween(send: FetchFunction, random: Random, hands: Hands): FetchFunction {
  return async (input, init) => {
    await turns(random.below(12))
    if (random.chance(0.4)) await hands.move()
    const answer = await send(input, init)
    if (random.chance(0.2)) await hands.move()
    await turns(random.below(12))
    return answer
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await Promise.resolve()
}

/** So many changes end a round, so that a listing in which changes move contacts ends too. */
const MAX_CHANGES = 40

/** The hands of others. */
class Hands {
  readonly there: Set<string> = new Set()
  /** Who was there, and met the filter, from the beginning on. */
  stayed: Set<string> = new Set()
  ever: Set<string> = new Set()
  changes = 0
  readonly #random: Random
  readonly #isFiltered: boolean
  #shelf: Shelf | undefined

  constructor(random: Random, isFiltered: boolean) {
    this.#random = random
    this.#isFiltered = isFiltered
  }

  begin(shelf: Shelf): void {
    this.#shelf = shelf
    this.stayed = new Set(this.there)
    this.ever = new Set(this.there)
  }

  /** Changes up to three contacts. */
  async move(): Promise<void> {
    for (let count = 1 + this.#random.below(3); count > 0; count--) {
      if (this.#shelf && this.changes < MAX_CHANGES) await this.#changeOne(this.#shelf)
    }
  }

  async #changeOne(shelf: Shelf): Promise<void> {
    this.changes++
    const id = this.#random.pick([...this.there])
    const what = this.#random.below(this.#isFiltered ? 4 : 3)
    if (what === 0 || id === undefined) {
      const made = await shelf.insert()
      this.there.add(made)
      this.ever.add(made)
    } else if (what === 1) await shelf.change(id)
    else {
      // It is as good as gone from now on, whenever the provider carries it out.
      this.stayed.delete(id)
      this.there.delete(id)
      await (what === 2 ? shelf.remove(id) : shelf.leave(id))
    }
  }
}
