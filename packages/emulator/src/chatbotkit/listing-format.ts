import { ApiError } from './errors.ts'

/** How a listing is sent. */
export type ListingFormat = 'json' | 'jsonl' | 'csv' | 'sse'

const FORMATS: Readonly<Record<string, ListingFormat>> = {
  '*/*': 'json',
  'application/json': 'json',
  'application/jsonl': 'jsonl',
  'text/csv': 'csv',
  'text/event-stream': 'sse',
}

/** The format that the first media type of `Accept` asks for; throws the 400 for one that listings do not have. */
export function readListingFormat(accept: string | null): ListingFormat {
  const type = accept?.split(/[,;]/)[0]?.trim().toLowerCase()
  const format = type ? FORMATS[type] : 'json'
  if (format === undefined) throw new ApiError('BAD_REQUEST', 'Unsupported accept header')
  return format
}

/** The media type of the answer, exactly. */
export const LISTING_TYPES: Readonly<Record<Exclude<ListingFormat, 'json'>, string>> = {
  jsonl: 'application/jsonl',
  csv: 'text/csv',
  sse: 'text/event-stream',
}
