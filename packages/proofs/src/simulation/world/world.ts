import { createRateLimiter, type RateLimiter } from '@anycontact/core'
import type { Ledger } from '@anycontact/sync/ledger-kit'
import { Hands, type Side } from '../hands.ts'
import { People } from '../people.ts'
import type { Script } from '../script.ts'
import { openSites, type Provider, type Site } from '../sites/index.ts'
import { chanceOf, type Random } from './chance.ts'
import { Journal } from './journal.ts'
import { LedgerLine } from './ledger-line.ts'
import { LedgerWatch } from './ledger-watch.ts'
import { Network } from './network.ts'
import { type Process, Reaper } from './process.ts'
import { clockIn, Time } from './time.ts'
import { Weather } from './weather.ts'

/** A contact that the sync made or deleted. */
export interface Trace {
  readonly side: Side
  readonly id: string
  readonly key: string
  readonly at: number
  /** How many other contacts of the side had its key at that moment. */
  readonly others: number
}

/** Everything that there is in one simulation; all of it follows from the script. */
export class World {
  readonly script: Script
  readonly time: Time = new Time()
  readonly journal: Journal = new Journal(this.time.now)
  readonly chance: (what: string) => Random
  readonly sites: Readonly<Record<Side, Site>>
  readonly hands: Hands
  readonly weather: Weather
  readonly reaper: Reaper
  readonly line: LedgerLine
  readonly watch: LedgerWatch
  readonly network: Network
  /** What the sync has made and deleted, in order. */
  readonly made: Trace[] = []
  readonly deleted: Trace[] = []
  /** How likely a process is told to stop. */
  stopRate = 0
  /** What processes did after their runs had ended. */
  readonly late: string[] = []
  readonly #limiters: Partial<Record<Side, RateLimiter>> = {}
  /** The keys by id of what was there when it was looked last. */
  readonly #seen: Record<Side, ReadonlyMap<string, string>> = { source: new Map(), target: new Map() }

  constructor(script: Script) {
    this.script = script
    const { route } = script.definition
    this.chance = chanceOf(script.seed)
    const site = openSites(this.time, this.chance('ids'))
    this.sites = { source: site(route.source), target: site(route.target) }
    this.hands = new Hands({
      sites: this.sites,
      route,
      random: this.chance('hands'),
      people: new People(this.chance('people')),
      journal: this.journal,
      now: this.time.now,
    })
    this.hands.deletes = script.deletes
    this.weather = new Weather(this.chance('weather'))
    this.reaper = new Reaper(this.chance('reaper'))
    this.line = new LedgerLine(this.time, this.journal, this.chance('ledger'))
    this.watch = new LedgerWatch(this.journal, this.time.now, (side) => wayOf(route[side], route.key[side]))
    this.network = new Network(this.time, this.journal, this.weather, {
      around: async () => {
        if (await this.hands.around()) this.look()
      },
      applied: () => this.look(),
    })
  }

  /** The ledger and the ways to the providers, as a process has them. */
  meansOf(process: Process, ledger: Ledger, onStall: () => void) {
    return {
      ledger: this.line.of(ledger, process, onStall),
      clock: process.clock,
      fetch: {
        source: this.network.fetchOf(process, this.sites.source),
        target: this.network.fetchOf(process, this.sites.target),
      },
      rateLimit: {
        source: this.#limiterOf(process, 'source'),
        target: this.#limiterOf(process, 'target'),
      },
    }
  }

  /** From here on nothing goes wrong, and nobody does anything. */
  calm(): void {
    this.hands.left = 0
    this.stopRate = 0
    this.weather.roughness = 0
    this.line.roughness = 0
    this.reaper.left = 0
  }

  /** The limit for all requests to one side: of a process that is alone its own, else one that all share. */
  #limiterOf(process: Process, side: Side): RateLimiter | undefined {
    const { rateLimit, definition } = this.script
    if (!rateLimit || definition.workers === 0)
      return rateLimit && createRateLimiter(rateLimit, process.clock)
    const shared =
      this.#limiters[side] ??
      createRateLimiter(
        rateLimit,
        clockIn(this.time, () => true),
      )
    this.#limiters[side] = shared
    return {
      take: (signal) => process.waitFor('ledger call', 'its turn', () => shared.take(signal)),
    }
  }

  /** Looks what was made and deleted since the last look; what others did, they have noted themselves. */
  look(): void {
    for (const side of ['source', 'target'] as const) {
      const { madeIds, deleted } = this.hands.deeds[side]
      const before = this.#seen[side]
      const live = this.sites[side].rows().filter(({ isGone }) => !isGone)
      const now = new Map(live.map((row) => [row.id, this.hands.keyOf(side, row)]))
      for (const [id, key] of now)
        if (!before.has(id) && !madeIds.has(id)) this.#note('made', this.made, { side, id, key, now })
      for (const [id, key] of before)
        if (!now.has(id) && !deleted.has(id)) this.#note('deleted', this.deleted, { side, id, key, now })
      this.#seen[side] = now
    }
  }

  #note(
    what: string,
    traces: Trace[],
    {
      side,
      id,
      key,
      now,
    }: Pick<Trace, 'side' | 'id' | 'key'> & { readonly now: ReadonlyMap<string, string> },
  ): void {
    const others = [...now].filter(([otherId, otherKey]) => otherKey === key && otherId !== id).length
    traces.push({ side, id, key, at: this.time.now(), others: key === '' ? 0 : others })
    this.journal.count(`${what} at the ${side}`)
    this.journal.tell(`the sync has ${what} ${side} ${id} with the key ${key}`)
  }
}

/** How it is found out at a provider what became of a create. */
function wayOf(provider: Provider, key: string): string {
  if (provider === 'chatbotkit' && key === 'externalId') return 'upsert'
  return provider === 'cognipeer' || provider === 'contact-methods' ? 'lookup' : 'a listing'
}
