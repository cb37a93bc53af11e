import { cellText, waysOf } from './cell.ts'
import type { FaultSpec, Mode } from './fault-spec.ts'
import { FAULTS } from './faults.ts'
import type { Kit } from './kit.ts'
import { broken } from './laws.ts'
import type { Operation } from './operation.ts'
import { operationsOf } from './operations/index.ts'
import { AT_ONCE } from './people.ts'
import { type CellRun, type CellSpec, runCell } from './run-cell.ts'
import { VirtualClock } from './virtual-clock.ts'

/** Which cell it is. */
export interface CellName {
  readonly provider: string
  readonly operation: string
  readonly fault: string
  /** By which requests the fault was met, and how many calls were made at once. */
  readonly when: string
}

/** A cell of the table. */
export interface Cell extends CellName {
  readonly kind: Operation['kind']
  readonly group: string
  readonly text: string
  /** How its calls ended. */
  readonly ways: ReadonlyMap<string, number>
  readonly isDoubled: boolean
  /** The laws that it breaks. */
  readonly broken: readonly string[]
}

/** Runs the cells of a provider that are wanted, one after the other. */
export async function* cellsOf(kit: Kit, isWanted: (name: CellName) => boolean): AsyncGenerator<Cell> {
  const { client } = kit.open({ clock: new VirtualClock(), between: (fetch) => fetch, onWarning: () => {} })
  for (const operation of operationsOf(client)) {
    for (const calls of [1, AT_ONCE]) yield* cellsOfCalls({ kit, operation, calls }, isWanted)
  }
}

async function* cellsOfCalls(spec: CellSpec, isWanted: (name: CellName) => boolean): AsyncGenerator<Cell> {
  const { operation, calls } = spec
  const well = nameOf(spec)
  const possible = FAULTS.flatMap((fault) => fault.modes.map((mode) => nameOf({ ...spec, fault, mode })))
  if (![well, ...possible].some(isWanted)) return
  const usual = await runCell(spec)
  if (isWanted(well)) yield toCell(well, spec, usual, usual.requests)
  for (const fault of FAULTS.filter((candidate) => isSensible(candidate, operation, calls))) {
    for (const mode of modesOf(fault, usual)) {
      const cell = { ...spec, fault, mode }
      const name = nameOf(cell)
      if (!isWanted(name)) continue
      const run = await runCell(cell)
      if (run.struck) yield toCell(name, cell, run, usual.requests)
    }
  }
}

const WHEN: Readonly<Record<Mode, string>> = {
  first: 'first request',
  write: 'first write',
  always: 'every request',
}

function nameOf({ kit, operation, calls, fault, mode }: CellSpec): CellName {
  const count = calls === 1 ? 'alone' : `${calls} at once`
  return {
    provider: kit.provider,
    operation: operation.name,
    fault: fault?.name ?? 'none',
    when: mode ? `${WHEN[mode]}, ${count}` : count,
  }
}

/** What is applied without an answer is nothing to an operation that applies nothing. */
function isSensible(fault: FaultSpec, { kind }: Operation, calls: number): boolean {
  if (fault.isAlone && calls > 1) return false
  if (fault.isOfListings && kind !== 'listing') return false
  return !fault.isOfWrites || (kind !== 'read' && kind !== 'listing')
}

/** The first request that writes is worth a cell of its own where another one comes before it. */
function modesOf({ modes }: FaultSpec, { writes }: CellRun): readonly Mode[] {
  const hasWriteAfterRead = writes[0] === false && writes.includes(true)
  return modes.filter((mode) => mode !== 'write' || hasWriteAfterRead)
}

function toCell(name: CellName, { operation, fault }: CellSpec, run: CellRun, usual: number): Cell {
  return {
    ...name,
    kind: operation.kind,
    group: fault?.group ?? 'none',
    text: cellText(run),
    ways: waysOf(run.items),
    isDoubled: run.audit.doubled.length > 0,
    broken: broken(run, usual),
  }
}
