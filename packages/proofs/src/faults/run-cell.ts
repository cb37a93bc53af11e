import type { ContactsWarning } from '@anycontact/core'
import type { Audit, Fetch } from '@anycontact/emulator'
import type { FaultSpec, Mode } from './fault-spec.ts'
import type { Kit, World } from './kit.ts'
import type { Call, Item, ItemEnd, Operation } from './operation.ts'
import { type End, VirtualClock } from './virtual-clock.ts'

/** A call asks for no more than this; one that does is stopped. */
export const MOST_REQUESTS = 400

/** What became of one thing that one of a cell's calls was to do. */
export interface ItemRecord {
  readonly item: Item
  /** How it ended; a failure of the whole call counts for each of its items. */
  readonly end: { readonly value: unknown } | { readonly error: unknown }
  /** Whether what is stored about it is other than before. */
  readonly changed: boolean
}

/** Everything that a cell is judged by. */
export interface CellRun {
  readonly world: World
  readonly operation: Operation
  readonly fault: FaultSpec | undefined
  readonly end: End
  readonly items: readonly ItemRecord[]
  readonly requests: number
  readonly writes: readonly boolean[]
  readonly before: ReadonlyMap<string, string>
  readonly after: ReadonlyMap<string, string>
  readonly audit: Audit
  readonly warnings: readonly ContactsWarning[]
  /** Whether the fault was met and changed something. */
  readonly struck: boolean
}

/** One cell: so many calls of an operation at once, under a fault. */
export interface CellSpec {
  readonly kit: Kit
  readonly operation: Operation
  readonly calls: number
  /** Without one, all goes well. */
  readonly fault?: FaultSpec
  readonly mode?: Mode
}

/** Runs a cell in a world of its own, in virtual time. */
export async function runCell({ kit, operation, calls, fault, mode = 'always' }: CellSpec): Promise<CellRun> {
  const clock = new VirtualClock()
  const warnings: ContactsWarning[] = []
  const made = fault?.make(kit, clock.now())
  const writes: boolean[] = []
  let isArmed = false
  const arm = (match: object = {}): void => {
    isArmed = true
    if (made) world.faults.add({ ...made.fault, times: mode === 'always' ? Infinity : 1, ...match })
  }
  const between =
    (fetch: Fetch): Fetch =>
    async (input, init) => {
      const { method, url } = new Request(input, { ...init, signal: null, body: null })
      const path = new URL(url).pathname
      const isWrite = kit.isWrite(method, path)
      writes.push(isWrite)
      if (writes.length > MOST_REQUESTS) throw new TypeError('Too many requests for a cell')
      if (isWrite && mode === 'write' && !isArmed) arm({ method, path })
      clock.stir()
      try {
        return await fetch(input, init)
      } finally {
        clock.stir()
      }
    }
  const world = kit.open({ clock, between, onWarning: (warning) => warnings.push(warning) })
  const prepared = Array.from({ length: calls }, (_, slot) => operation.prepare(world, slot))
  const before = world.rows()
  if (mode !== 'write') arm()

  const ends = Promise.all(prepared.map(endsOf))
  const end = await clock.settle(ends)
  await clock.drain()
  const after = world.rows()
  const results = end === 'settled' ? await ends : []
  const items = prepared.flatMap((call, index) =>
    (results[index] ?? []).map((itemEnd, at): ItemRecord => {
      const item = call.items[at]
      if (item === undefined) throw new Error('An end without an item')
      return { item, end: itemEnd, changed: about(item, before) !== about(item, after) }
    }),
  )
  const isMet = isArmed && (mode === 'always' ? writes.length > 0 : world.faults.pending === 0)
  const struck = isMet && (made?.hasStruck?.() ?? true)
  const audit = world.audit()
  return {
    world,
    operation,
    fault,
    end,
    items,
    requests: writes.length,
    writes,
    before,
    after,
    audit,
    warnings,
    struck,
  }
}

async function endsOf(call: Call): Promise<readonly (ItemEnd | { readonly error: unknown })[]> {
  try {
    return await call.run()
  } catch (error) {
    return call.items.map(() => ({ error }))
  }
}

function about({ marks }: Item, rows: ReadonlyMap<string, string>): string {
  const rowsAbout = [...rows.values()].filter((row) => marks.some((mark) => row.includes(mark)))
  return rowsAbout.sort().join('\n')
}
