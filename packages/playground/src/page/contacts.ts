import type { Contact } from '@anycontact/core'
import type { StoredRecords } from '../shared/messages.ts'
import type { ProviderName } from '../shared/providers.ts'
import { element, table } from './dom.ts'

/** How many records are shown. */
const ROWS = 200

/** What each provider holds: the vendors' own records, and contacts in memory. */
export interface AllRecords extends StoredRecords {
  readonly memory: readonly Contact[]
}

type Column = readonly [name: string, read: (record: Readonly<Record<string, unknown>>) => unknown]

const field = (name: string): Column => [name, (record) => record[name]]

/** What is shown of a record, under the vendor's names. */
const COLUMNS: Readonly<Record<ProviderName, readonly Column[]>> = {
  chatbotkit: ['name', 'email', 'phone', 'meta', 'fingerprint', 'id'].map(field),
  cognipeer: ['name', 'email', 'phone', 'properties', 'tags', 'integrationId', '_id'].map(field),
  channelInbox: ['display_name', 'email', 'phone_number', 'remark', 'labels', 'id'].map(field),
  contactMethods: ['clientId', 'type', 'value', 'isPrimary', 'externalId', 'id'].map(field),
  memory: ['name', 'email', 'phone', 'customFields', 'tags', 'externalId', 'id'].map(field),
}

/** Shows the records of one provider, those that differ from what was there before marked. */
export function showContacts(
  box: HTMLElement,
  provider: ProviderName,
  records: AllRecords | undefined,
  before: AllRecords | undefined,
): void {
  const found = plain(records?.[provider])
  const known = new Map(plain(before?.[provider]).map((record) => [idOf(record), JSON.stringify(record)]))
  const markOf = (record: PlainRecord): string => {
    const was = known.get(idOf(record))
    if (before === undefined || was === JSON.stringify(record)) return ''
    return was === undefined ? 'new' : 'changed'
  }
  const marked = found.map((record) => ({ record, mark: markOf(record) }))
  const present = new Set(found.map(idOf))
  const gone = [...known.keys()].filter((id) => !present.has(id)).length
  const counts = [
    `${found.length} ${provider === 'contactMethods' ? 'contact methods' : 'contacts'}`,
    ...(['new', 'changed'] as const).flatMap((word) => {
      const count = marked.filter(({ mark }) => mark === word).length
      return count === 0 ? [] : [`${count} ${word}`]
    }),
    ...(gone === 0 ? [] : [`${gone} gone`]),
  ]
  const columns = COLUMNS[provider]
  // What has changed is what one looks for.
  const shown = marked.toSorted((a, b) => Number(b.mark !== '') - Number(a.mark !== '')).slice(0, ROWS)
  const rows = shown.map(({ record, mark }) => [
    mark === '' ? '' : element('span', `mark ${mark}`, mark),
    ...columns.map(([, read]) => text(read(record))),
  ])
  const note = provider === 'memory' ? ' A memory client lives as long as its program.' : ''
  box.replaceChildren(
    element('p', 'hint counts', `${counts.join(', ')}.${note}`),
    ...(rows.length > 0 ? [table(['in this run', ...columns.map(([name]) => name)], rows)] : []),
  )
}

type PlainRecord = Readonly<Record<string, unknown>>

function plain(records: readonly object[] = []): readonly PlainRecord[] {
  return records.map((record) => ({ ...record }))
}

function idOf(record: PlainRecord): string {
  return String(record.id ?? record._id)
}

function text(value: unknown): string {
  if (value === undefined || value === null || value === '') return '–'
  if (Array.isArray(value)) return value.length === 0 ? '–' : value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
