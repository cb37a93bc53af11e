import type { Lane } from '../lane.ts'
import { callArguments } from './arguments.ts'
import { batches } from './batches.ts'
import { methods } from './methods.ts'
import { written } from './written.ts'

/** Every lane, and how long it is run of a minute. */
export const lanes: readonly (readonly [lane: Lane, seconds: number])[] = [
  [callArguments, 20],
  [written, 6],
  [methods, 3],
  [batches, 5],
]
