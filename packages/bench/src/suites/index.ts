import { emulatorSuite } from './emulator.ts'
import { hubspotSuite } from './hubspot.ts'
import { importsSuite } from './imports.ts'
import { latencySuite, listingSuite } from './listing.ts'
import { memorySuite } from './memory.ts'
import type { Suite } from './suite.ts'
import { writesSuite } from './writes.ts'

/** All suites, in the order in which they run. */
export const suites: readonly Suite[] = [
  listingSuite,
  latencySuite,
  memorySuite,
  writesSuite,
  hubspotSuite,
  importsSuite,
  emulatorSuite,
]
