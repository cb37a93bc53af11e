import type { IncomingHttpHeaders } from 'node:http'
import { chatBotKitId, chatBotKitRecord, encode } from './records.ts'
import { bytes, type Served } from './served.ts'

const MAX_ROWS = 100

/** Answers ChatBotKit's listing of contacts, as pages and as JSON lines. */
export function serveChatBotKit(count: number): (url: URL, headers: IncomingHttpHeaders) => Served {
  const items = encode(count, chatBotKitRecord)
  const lines = encode(count, chatBotKitRecord, { before: '{"type":"item","data":', after: '}\n' })
  return (url, { accept = '' }) => {
    const cursor = url.searchParams.get('cursor')
    const start = cursor === null ? 0 : Number(cursor.slice(1)) + 1
    const take = Number(url.searchParams.get('take') ?? 0)
    if (accept.startsWith('application/jsonl')) {
      const end = take > 0 ? start + take : count
      return { type: 'application/jsonl', body: [lines.slice(start, Math.min(end, count))] }
    }
    const end = Math.min(start + Math.min(take || MAX_ROWS, MAX_ROWS), count)
    const last = start < end ? `,"cursor":"${chatBotKitId(end - 1)}"` : ''
    return {
      type: 'application/json',
      body: [bytes('{"items":['), items.slice(start, end), bytes(`]${last}}`)],
    }
  }
}
