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

/** Every lane, and for how many seconds of a minute it runs. */
export const lanes: readonly (readonly [lane: Lane, seconds: number])[] = [
  [callArguments, 12],
  [written, 5],
  [methods, 3],
  [batches, 4],
  [invisible, 4],
  [filters, 4],
  [pagers, 4],
  [factories, 6],
  [faceCalls, 8],
  [csv, 3],
]
