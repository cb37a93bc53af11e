import { chatBotKitId, chatBotKitIndex, chatBotKitRecord, encode } from './records.ts'
import { bytes, type Incoming, json, type Served, type Vendor } from './served.ts'

const MAX_ROWS = 100

/** Answers ChatBotKit's listing of contacts, as pages and as JSON lines, and the requests of an upsert that creates. */
export function serveChatBotKit(count: number): Vendor {
  const items = encode(count, chatBotKitRecord)
  const lines = encode(count, chatBotKitRecord, { before: '{"type":"item","data":', after: '}\n' })
  const created = new Map<string, object>()

  const list = ({ url, accept }: Incoming): Served => {
    const cursor = url.searchParams.get('cursor')
    const start = cursor === null ? 0 : chatBotKitIndex(cursor) + 1
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

  const create = (body: string): Served => {
    const fields: object = JSON.parse(body)
    const id = chatBotKitId(count + created.size)
    const at = Date.now()
    const unset = { description: '', nick: null, preferences: null, verifiedAt: null, meta: null }
    created.set(id, { id, ...unset, ...fields, createdAt: at, updatedAt: at })
    return json({ id })
  }

  return {
    forget: () => created.clear(),
    answer(incoming) {
      const { method, url, body } = incoming
      if (method === 'POST') return create(body)
      if (url.pathname.endsWith('/list')) return list(incoming)
      const [, id = ''] = /([^/]+)\/fetch$/.exec(url.pathname) ?? []
      const index = chatBotKitIndex(id)
      const record = index < count ? chatBotKitRecord(index) : created.get(id)
      return record ? json(record) : json({ message: 'Not found', code: 'NOT_FOUND' }, 404)
    },
  }
}
