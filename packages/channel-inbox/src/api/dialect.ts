import { holds, type QueryValue } from '@anycontact/core/adapter-kit'
import type { ContactSearchParams, ImbraceDialect, PageParams } from './types.ts'

/** A part of a request: what goes into its query, or its body. */
interface RequestPart {
  readonly query?: Readonly<Record<string, QueryValue>>
  readonly json?: unknown
}

/** How each description words what they do not agree on. Source: as for the endpoints. */
export interface Wording {
  readonly page: (params: PageParams) => Readonly<Record<string, QueryValue>>
  readonly search: (params: ContactSearchParams) => RequestPart
  readonly channelTypes: (types: string | readonly string[] | undefined) => QueryValue
  readonly ids: (ids: readonly string[]) => unknown
  readonly oneId: (id: string) => unknown
}

// As the vendor's client, which leaves out a `limit` of zero, and empty text.
const bySkip: Wording['page'] = ({ limit, skip }) => ({ limit: limit || undefined, skip })
const byOffset: Wording['page'] = ({ limit, skip }) => ({ limit: limit || undefined, offset: skip })
const joined: Wording['channelTypes'] = (types) => (isList(types) ? types.join(',') : types) || undefined
const separate: Wording['channelTypes'] = (types) =>
  typeof types === 'string' ? types.split(',').filter(Boolean) : types

/** Whether a value is an array of text; one that cannot be read is none. */
export function isList(types: unknown): types is readonly string[] {
  return holds(() => Array.isArray(types) && types.every((type) => typeof type === 'string'))
}

/** The wording of each dialect. */
export const wordings: Readonly<Record<ImbraceDialect, Wording>> = {
  sdk: {
    page: bySkip,
    search: (params) => ({
      query: {
        q: params.q,
        ...bySkip(params),
        sort: params.sort || undefined,
        type: params.type || undefined,
      },
    }),
    channelTypes: joined,
    ids: (ids) => ({ notification_id: ids }),
    oneId: (id) => ({ notification_id: id }),
  },
  web: {
    page: bySkip,
    search: (params) => ({
      query: { q: params.q, ...bySkip(params), sort: params.sort || undefined, type: params.type || 'text' },
    }),
    channelTypes: separate,
    ids: (ids) => ids,
    oneId: (id) => [id],
  },
  spec: {
    page: byOffset,
    search: (params) => ({ json: { query: params.q, ...byOffset(params) } }),
    channelTypes: joined,
    ids: (ids) => ({ ids }),
    oneId: (id) => ({ ids: [id] }),
  },
}
