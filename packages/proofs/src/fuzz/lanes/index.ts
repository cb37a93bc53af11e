import type { Lane } from '../lane.ts'
import { callArguments } from './arguments.ts'
import { batches } from './batches.ts'
import { filters } from './filters.ts'
import { invisible } from './invisible.ts'
import { methods } from './methods.ts'
import { written } from './written.ts'

/** Every lane, and for how many seconds of a minute it runs. */
export const lanes: readonly (readonly [lane: Lane, seconds: number])[] = [
  [callArguments, 14],
  [written, 6],
  [methods, 3],
  [batches, 5],
  [invisible, 4],
  [filters, 4],
]
