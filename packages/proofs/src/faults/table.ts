import { cellText } from './cell.ts'
import type { FaultSpec, Mode } from './fault-spec.ts'
import { FAULTS } from './faults.ts'
import type { Kit } from './kit.ts'
import { broken } from './laws.ts'
import type { Operation } from './operation.ts'
import { operationsOf } from './operations/index.ts'
import { AT_ONCE } from './people.ts'
import { type CellRun, runCell } from './run-cell.ts'
import { VirtualClock } from './virtual-clock.ts'

/** A cell of the table. */
export interface Cell {
  readonly provider: string
  readonly operation: string
  readonly kind: Operation['kind']
  readonly fault: string
  readonly group: string
  /** When the fault was met, and by how many calls at once. */
  readonly when: string
  readonly text: string
  /** The laws that it breaks. */
  readonly broken: readonly string[]
}

/** What the caller wants to see of the table. */
export interface Selection {
  readonly operation?: (name: string) => boolean
  readonly fault?: (name: string) => boolean
}

/** Runs the table of a provider, one cell after the other. */
export async function* cellsOf(kit: Kit, selection: Selection = {}): AsyncGenerator<Cell> {
  const { client } = kit.open({ clock: new VirtualClock(), between: (fetch) => fetch, onWarning: () => {} })
  for (const operation of operationsOf(client)) {
    if (selection.operation && !selection.operation(`${kit.provider} ${operation.name}`)) continue
    for (const calls of [1, AT_ONCE]) {
      const usual = await runCell({ kit, operation, calls })
      yield toCell(kit, operation, calls, usual, usual.requests)
      for (const fault of FAULTS) {
        if (!isSensible(fault, operation, calls) || (selection.fault && !selection.fault(fault.name))) continue
        for (const mode of modesOf(fault, usual)) {
          const run = await runCell({ kit, operation, calls, fault, mode })
          if (run.struck) yield toCell(kit, operation, calls, run, usual.requests, fault, mode)
        }
      }
    }
  }
}

/** What is applied without an answer is nothing to an operation that applies nothing. */
function isSensible(fault: FaultSpec, { kind }: Operation, calls: number): boolean {
  if (fault.isAlone && calls > 1) return false
  return !fault.isOfWrites || (kind !== 'read' && kind !== 'listing')
}

/** The first request that writes is worth a cell of its own where another one comes before it. */
function modesOf({ modes }: FaultSpec, { writes }: CellRun): readonly Mode[] {
  const hasWriteAfterRead = writes[0] === false && writes.includes(true)
  return modes.filter((mode) => mode !== 'write' || hasWriteAfterRead)
}

function toCell(
  { provider }: Kit,
  { name, kind }: Operation,
  calls: number,
  run: CellRun,
  usual: number,
  fault?: FaultSpec,
  mode?: Mode,
): Cell {
  const alone = calls === 1 ? 'alone' : `${calls} at once`
  return {
    provider,
    operation: name,
    kind,
    fault: fault?.name ?? 'none',
    group: fault?.group ?? 'none',
    when: mode ? `${mode}, ${alone}` : alone,
    text: cellText(run),
    broken: broken(run, usual),
  }
}
