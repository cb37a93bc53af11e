import { cognipeerRecord, encode } from './records.ts'
import { bytes, json, type Served, type Vendor } from './served.ts'

interface Created {
  readonly integrationId: string
}

/** Answers Cognipeer's listing of contacts, and the requests of an upsert that creates. */
export function serveCognipeer(count: number): Vendor {
  const data = encode(count, cognipeerRecord)
  const created = new Map<string, object>()

  const list = (body: string): Served => {
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

  const create = (body: string): Served => {
    const fields: Created = JSON.parse(body)
    const at = new Date().toISOString()
    const _id = (count + created.size).toString(16).padStart(24, '0')
    const record = { _id, workspaceId: 'w1', ...fields, createdDate: at, modifiedDate: at, deleted: false }
    created.set(fields.integrationId, record)
    return json({ success: true, data: record })
  }

  return {
    forget: () => created.clear(),
    answer({ method, url, body }) {
      if (url.pathname.endsWith('/list')) return list(body)
      if (method === 'POST') return create(body)
      const record = created.get(url.searchParams.get('integrationId') ?? '')
      return record
        ? json({ success: true, data: record })
        : json({ message: 'Contact not found', statusCode: 404 }, 404)
    },
  }
}
