import { latencySuite, listingSuite } from './listing.ts'
import type { Suite } from './suite.ts'

/** All suites, in the order in which they run. */
export const suites: readonly Suite[] = [listingSuite, latencySuite]
