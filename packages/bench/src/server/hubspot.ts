import { encode, hubSpotRecord } from './records.ts'
import { bytes, type Vendor } from './served.ts'

const MAX_ROWS = 100

/** Answers HubSpot's listing of contacts. */
export function serveHubSpot(count: number): Vendor {
  const results = encode(count, hubSpotRecord)
  return {
    forget() {},
    answer({ url }) {
      const start = Number(url.searchParams.get('after') ?? 0)
      const end = Math.min(start + Math.min(Number(url.searchParams.get('limit') ?? 10), MAX_ROWS), count)
      const link = `${url.origin}${url.pathname}?limit=${MAX_ROWS}&after=${end}`
      const paging = end < count ? `,"paging":{"next":{"after":"${end}","link":"${link}"}}` : ''
      return {
        type: 'application/json;charset=utf-8',
        body: [bytes('{"results":['), results.slice(start, end), bytes(`]${paging}}`)],
      }
    },
  }
}
