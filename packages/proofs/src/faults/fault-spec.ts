import type { Kit, TableFault } from './kit.ts'
import type { Operation } from './operation.ts'

/** When a fault is met: by the first request, by the first one that writes, or by all. */
export type Mode = 'first' | 'write' | 'always'

/** What a fault is to a cell. */
export interface MadeFault {
  readonly fault: TableFault
  /** Whether it has changed anything, where a request can meet it and pass unharmed. */
  readonly hasStruck?: () => boolean
}

/** A column of the table. */
export interface FaultSpec {
  readonly name: string
  /** What the summary puts together. */
  readonly group: string
  readonly modes: readonly Mode[]
  /** Whether it differs from another one only for writes. */
  readonly isOfWrites?: boolean
  /** Whether it is of listings. */
  readonly isOfListings?: boolean
  /** Whether it is one call's alone, because what it answers follows from what it answered before. */
  readonly isAlone?: boolean
  /** Tells where its answers are well-formed and untrue, so that no client can know better. */
  readonly deceives?: (operation: Operation, kit: Kit) => boolean
  make(kit: Kit, now: number): MadeFault
}
