import { cognipeerRecord, encode } from './records.ts'
import { bytes, type Served } from './served.ts'

/** Answers Cognipeer's listing of contacts. */
export function serveCognipeer(count: number): (url: URL, body: string) => Served {
  const data = encode(count, cognipeerRecord)
  return (_, body) => {
    const { page = 1, limit = 10 }: { page?: number; limit?: number } = JSON.parse(body)
    const rows = data.slice((page - 1) * limit, Math.min(page * limit, count))
    return {
      type: 'application/json',
      body: [
        bytes('{"success":true,"data":['),
        rows,
        bytes(`],"total":${count},"page":${page},"limit":${limit}}`),
      ],
    }
  }
}
