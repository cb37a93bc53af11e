import type { People } from './people.ts'
import type { Route } from './route.ts'
import type { Row, Site, Values } from './sites/index.ts'
import type { Random } from './world/chance.ts'
import type { Journal } from './world/journal.ts'

/** Either side of a route. */
export type Side = 'source' | 'target'

/** A field of one contact that others changed on one side. */
export interface Edit {
  readonly side: Side
  readonly key: string
  /** In the source's terms. */
  readonly field: string
  /** Empty where it was cleared. */
  readonly value: string
  /** Whether a run was under way. */
  readonly isDuring: boolean
  readonly at: number
}

/** What others did to contacts that no rule of a sync can foresee, by side. */
export interface Deeds {
  /** How many contacts of a key they made. */
  readonly made: Map<string, number>
  /** Ids of what they made. */
  readonly madeIds: Set<string>
  /** The keys of what they deleted, by id. */
  readonly deleted: Map<string, { readonly key: string; readonly isDuring: boolean; readonly at: number }>
}

/** The hands of others, who create, edit and delete contacts on both sides. */
export class Hands {
  readonly deeds: Readonly<Record<Side, Deeds>> = { source: newDeeds(), target: newDeeds() }
  /** Since the last time that both sides were in step. */
  edits: Edit[] = []
  /** How likely they do something around a request of a run. */
  rate = 0
  /** How much more they may do during runs. */
  left = 0
  /** Whether they delete. */
  deletes = false
  isDuring = false
  readonly #sites: Readonly<Record<Side, Site>>
  readonly #route: Route
  readonly #random: Random
  readonly #people: People
  readonly #journal: Journal
  readonly #now: () => number

  constructor(context: {
    readonly sites: Readonly<Record<Side, Site>>
    readonly route: Route
    readonly random: Random
    readonly people: People
    readonly journal: Journal
    readonly now: () => number
  }) {
    this.#sites = context.sites
    this.#route = context.route
    this.#random = context.random
    this.#people = context.people
    this.#journal = context.journal
    this.#now = context.now
  }

  /** The key of a contact; empty for one that has none. Who has no external id is known by the provider and its id. */
  keyOf(side: Side, { id, values }: Pick<Row, 'id' | 'values'>): string {
    const field = this.#route.key[side]
    return values[field] ?? (field === 'externalId' ? `${this.#sites[side].provider}:${id}` : '')
  }

  /** Puts contacts on both sides before the first run: known to one, to both, twice, or without a key. */
  populate(count: number): void {
    for (let made = 0; made < count; made++) {
      const where = this.#random.below(10)
      const key = this.#people.value(this.#route.key.source)
      if (where !== 8) this.#insert('source', where === 9 ? '' : key)
      if (where < 3 || where === 8) this.#insert('target', key)
      if (where === 7 && this.#random.chance(0.3) && this.#mayDouble('source')) this.#insert('source', key)
    }
  }

  /** Does something around a request of a run, perhaps. @returns whether it did */
  async around(): Promise<boolean> {
    if (this.left === 0 || !this.#random.chance(this.rate)) return false
    this.left--
    await this.act(1)
    return true
  }

  /** Does some things at once. */
  async act(times: number): Promise<void> {
    for (let time = 0; time < times; time++) {
      const side = this.#random.chance(0.5) ? 'source' : 'target'
      const what = this.#random.below(10)
      if (what < 2) this.#insert(side, this.#people.value(this.#route.key.source))
      else if (what < 4 && this.deletes) await this.#remove(side)
      else await this.#edit(side)
    }
  }

  #mayDouble(side: Side): boolean {
    const { provider } = this.#sites[side]
    return (
      this.#route.key[side] !== 'id' && !(provider === 'chatbotkit' && this.#route.key[side] === 'externalId')
    )
  }

  #insert(side: Side, key: string): void {
    const keyPath = this.#route.key[side]
    const paths = side === 'source' ? Object.keys(this.#route.fields) : Object.values(this.#route.fields)
    const drawn = this.#people.contact(paths)
    // Who has no id of his own is known by nothing.
    if (key === '' && keyPath === 'id') return
    // A client is there as long as it has a contact method.
    const needed = this.#sites[side].provider === 'contact-methods' && !drawn.email && !drawn.phone
    const values: Values = {
      ...drawn,
      ...(needed && { email: this.#people.value('email') }),
      ...(key !== '' && { [keyPath]: key }),
    }
    const spelled = Object.fromEntries(
      Object.entries(values).map(([path, value]) => [path, this.#spelled(side, path, value)]),
    )
    const id = this.#sites[side].insert(spelled)
    // A vendor can give a key to who has none.
    const row = this.#sites[side].rows().find((one) => one.id === id)
    const given = row ? this.keyOf(side, row) : key
    const { made, madeIds } = this.deeds[side]
    made.set(given, (made.get(given) ?? 0) + 1)
    madeIds.add(id)
    this.#journal.count('created by others')
    this.#journal.tell(`others create ${side} ${id} with the key ${given}: ${JSON.stringify(spelled)}`)
  }

  /** Some vendors keep whatever is written; ChatBotKit has one spelling. */
  #spelled(side: Side, path: string, value: string): string {
    return this.#sites[side].provider === 'chatbotkit' ? value : this.#people.spelled(path, value)
  }

  async #edit(side: Side): Promise<void> {
    const rows = this.#sites[side].rows()
    // Cognipeer changes the first contact that has the key, also where that one is deleted.
    const isReached = (row: Row): boolean =>
      this.#sites[side].provider !== 'cognipeer' ||
      (!!(row.values.externalId || row.values.email) &&
        rows.every((other) => other === row || this.keyOf(side, other) !== this.keyOf(side, row)))
    const row = this.#random.pick(rows.filter((one) => !one.isGone && isReached(one)))
    const field = this.#random.pick(Object.keys(this.#route.fields))
    if (row === undefined || field === undefined) return
    const path = side === 'source' ? field : (this.#route.fields[field] ?? field)
    const isContactMethods = this.#sites[side].provider === 'contact-methods'
    const value = this.#random.chance(0.15) && !isContactMethods ? '' : this.#people.value(field)
    if (value === (row.values[path] ?? '')) return
    await this.#sites[side].change(row.id, { [path]: this.#spelled(side, path, value) })
    const key = this.keyOf(side, row)
    this.edits.push({ side, key, field, value, isDuring: this.isDuring, at: this.#now() })
    this.#journal.count('edited by others')
    this.#journal.tell(
      `others edit ${side} ${row.id} with the key ${key}: ${path} = ${JSON.stringify(value)}`,
    )
  }

  async #remove(side: Side): Promise<void> {
    const row = this.#random.pick(this.#sites[side].rows().filter(({ isGone }) => !isGone))
    if (row === undefined) return
    const key = this.keyOf(side, row)
    await this.#sites[side].remove(row.id)
    // What was edited before is gone with it.
    this.edits = this.edits.filter((edit) => edit.side !== side || edit.key !== key)
    this.deeds[side].deleted.set(row.id, { key, isDuring: this.isDuring, at: this.#now() })
    this.#journal.count('deleted by others')
    this.#journal.tell(`others delete ${side} ${row.id} with the key ${key}`)
  }
}

function newDeeds(): Deeds {
  return { made: new Map(), madeIds: new Set(), deleted: new Map() }
}
