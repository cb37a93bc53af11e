import type { Lane } from '../lane.ts'
import { callArguments } from './arguments.ts'
import { batches } from './batches.ts'
import { csv } from './csv.ts'
import { faceCalls } from './faces.ts'
import { factories } from './factories.ts'
import { filters } from './filters.ts'
import { invisible } from './invisible.ts'
import { methods } from './methods.ts'
import { pagers } from './pagers.ts'
import { written } from './written.ts'

/** Every lane, for how many seconds of a minute it runs, and with how many tries it must have found both what is taken and what is refused. */
export const lanes: readonly (readonly [lane: Lane, seconds: number, runs: number])[] = [
  [callArguments, 12, 1200],
  [written, 5, 500],
  [methods, 3, 300],
  [batches, 4, 250],
  [invisible, 4, 2000],
  [filters, 4, 250],
  [pagers, 4, 300],
  [factories, 6, 1000],
  [faceCalls, 8, 1500],
  [csv, 3, 600],
]
