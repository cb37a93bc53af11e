import type { Contact } from '../../model/contact.ts'
import type { ListQuery } from '../../model/query.ts'
import type { CsvColumn } from '../columns.ts'
import { type CsvSource, type ExportCsvOptions, exportCsv } from '../export-csv.ts'
import { parseCsv } from './parse-csv.ts'

export const DEFAULT_COLUMNS = [
  ...['provider', 'id', 'externalId', 'name', 'givenName', 'familyName', 'nickname', 'email', 'phone'],
  ...['contactMethods', 'avatarUrl', 'note', 'locale', 'timezone', 'tags', 'status', 'customFields'],
  ...['createdAt', 'updatedAt', 'verifiedAt', 'deleted'],
]

export function contactWith(fields: Partial<Contact> = {}): Contact {
  return { provider: 'memory', id: '1', contactMethods: [], customFields: {}, raw: {}, ...fields }
}

export function sourceOf(...items: Contact[]): CsvSource<ListQuery> {
  return {
    async *list() {
      yield* items
    },
  }
}

/** A listing that counts: how far it was read, and whether it was ended. */
export function watchedSource(
  next: (index: number, signal: AbortSignal | undefined) => Promise<Contact | undefined>,
): {
  readonly source: CsvSource<ListQuery>
  readonly queries: (ListQuery | undefined)[]
  readonly seen: { read: number; returned: number }
} {
  const queries: (ListQuery | undefined)[] = []
  const seen = { read: 0, returned: 0 }
  const list = (query?: ListQuery): AsyncIterable<Contact> => {
    queries.push(query)
    return {
      [Symbol.asyncIterator]: () => ({
        async next() {
          const value = await next(seen.read, query?.signal)
          if (value === undefined) return { done: true, value: undefined }
          seen.read++
          return { done: false, value }
        },
        async return() {
          seen.returned++
          return { done: true, value: undefined }
        },
      }),
    }
  }
  return { source: { list }, queries, seen }
}

export async function textOf(stream: ReadableStream<string>): Promise<string> {
  let text = ''
  for await (const chunk of stream) text += chunk
  return text
}

export async function rowsOf(items: Contact[], options: ExportCsvOptions = {}): Promise<string[][]> {
  return parseCsv(await textOf(exportCsv(sourceOf(...items), { header: false, ...options })))
}

export async function cellOf(
  fields: Partial<Contact>,
  column: CsvColumn,
  options: ExportCsvOptions = {},
): Promise<string | undefined> {
  const [row] = await rowsOf([contactWith(fields)], { ...options, columns: [column] })
  return row?.[0]
}
