import { bundlesSuite } from './bundles.ts'
import { emulatorSuite } from './emulator.ts'
import { hubspotSuite } from './hubspot.ts'
import { importsSuite } from './imports.ts'
import { installSuite } from './install.ts'
import { latencySuite, listingSuite } from './listing.ts'
import { localSuite } from './local.ts'
import { mappingSuite } from './mapping.ts'
import { memorySuite } from './memory.ts'
import type { Suite } from './suite.ts'
import { syncSuite } from './sync.ts'
import { typesSuite } from './types.ts'
import { writesSuite } from './writes.ts'

/** All suites, in the order in which they run. */
export const suites: readonly Suite[] = [
  listingSuite,
  latencySuite,
  mappingSuite,
  localSuite,
  memorySuite,
  writesSuite,
  syncSuite,
  hubspotSuite,
  importsSuite,
  emulatorSuite,
  bundlesSuite,
  installSuite,
  typesSuite,
]
