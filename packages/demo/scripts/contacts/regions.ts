import { FIRST_REGIONS } from './first-regions.ts'
import { LATER_REGIONS } from './later-regions.ts'
import type { Region } from './region.ts'

export type { Region }

/** The regions, in the order in which they were written; the generator draws from them by weight. */
export const REGIONS: readonly Region[] = [...FIRST_REGIONS, ...LATER_REGIONS]
