import { badRequest } from './errors.ts'
import { type ChannelInboxFault, malform } from './faults.ts'
import { type ChannelInboxSwitches, understands } from './options.ts'

/** Which part of a listing is asked for. */
export interface PageRequest {
  readonly skip: number
  readonly limit: number
}

/** Reads `limit` and `skip`, or `offset` where that is understood; what is no number counts as not given. */
export function readPage(
  read: (name: string) => string | number | null | undefined,
  switches: ChannelInboxSwitches,
): PageRequest {
  const limit = whole(read('limit')) ?? switches.defaultLimit
  if (limit > switches.maxLimit && switches.overLimit === 'refuse') {
    throw badRequest(`limit must be at most ${switches.maxLimit}`)
  }
  const skip = understands(switches, 'sdk', 'web') ? whole(read('skip')) : undefined
  const offset = understands(switches, 'spec') ? whole(read('offset')) : undefined
  return { limit: Math.min(limit, switches.maxLimit), skip: skip ?? offset ?? 0 }
}

/** One page of rows in the vendor's envelope: `count` is how many there are, `total` how many are on this page. */
export function pageEnvelope<Row>(
  rows: readonly Row[],
  { skip, limit }: PageRequest,
  context: {
    readonly wire: (row: Row) => object
    readonly switches: ChannelInboxSwitches
    readonly fault: ChannelInboxFault
  },
): {
  readonly data: readonly unknown[]
  readonly has_more?: boolean
  readonly count?: number
  readonly total?: number
} {
  const { wire, switches, fault } = context
  const page = rows.slice(skip, skip + limit)
  return {
    data: malform(page.map(wire), fault),
    ...(switches.hasMore === 'sent' && { has_more: skip + page.length < rows.length }),
    ...(switches.counts === 'sent' && { count: rows.length, total: page.length }),
  }
}

function whole(value: string | number | null | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : undefined
}
