/**
 * The steps of the program, each typed by the operations that it needs and no others.
 */
import {
  type BatchOptions,
  type BatchProgress,
  type BatchRun,
  type Contact,
  ContactsError,
  type ContactsErrorCode,
  type ContactsWith,
  exportCsv,
  type Where,
} from '@anycontact/chatbotkit'
import { type CsvContact, type CsvRow, importContacts as importFrom } from '@anycontact/formats'
import { cellOf } from './contacts-file.ts'
import type {
  ChangeReport,
  DeletionReport,
  ExportReport,
  ImportReport,
  ListReport,
  SearchReport,
} from './report.ts'

/** The filter of the listing: customers in East Asia who can be phoned. */
export const WHERE = {
  phone: { exists: true },
  customFields: { plan: 'team', consent: true, country: { in: ['CN', 'HK', 'JP', 'KR', 'TW'] } },
} as const satisfies Where

/** What is searched for: Muñoz, typed without its accent. */
export const SEARCH_TEXT = 'munoz'

/** Says which contact is meant. */
export type Name = { readonly externalId: string } | { readonly email: string }

/**
 * Upserts all contacts.
 *
 * @param by - the key that the caller chooses, with this provider
 */
export async function importContacts(
  contacts: ContactsWith<'upsertMany'>,
  rows: readonly CsvRow[],
  by: 'externalId' | 'id',
  onProgress: (progress: BatchProgress) => void,
): Promise<ImportReport> {
  return importRows(rows, onProgress, (items, options) =>
    contacts.upsertMany(items, { ...options, by, outcome: 'exact' }),
  )
}

/**
 * Creates each person of the file once, as the last of its rows says: where no id of the caller's can be stored, nothing tells a row
 * about somebody who is there already.
 */
export async function createPeople(
  contacts: ContactsWith<'createMany'>,
  rows: readonly CsvRow[],
  onProgress: (progress: BatchProgress) => void,
): Promise<ImportReport> {
  const people = new Map(rows.map((row) => [row.contact?.externalId ?? row.line, row]))
  return importRows([...people.values()], onProgress, (items, options) => contacts.createMany(items, options))
}

/** Imports rows that have been read. */
async function importRows(
  rows: readonly CsvRow[],
  onProgress: (progress: BatchProgress) => void,
  write: (
    items: AsyncIterable<CsvContact>,
    options: Pick<BatchOptions, 'onProgress'>,
  ) => BatchRun<{ readonly contact: Contact }>,
): Promise<ImportReport> {
  const total = rows.filter(({ contact }) => contact).length
  async function* again(): AsyncGenerator<CsvRow> {
    yield* rows
  }
  const { created, updated, unchanged, failures, endedBy } = await importFrom(again(), (items) =>
    write(items, { onProgress: (progress) => onProgress({ ...progress, total }) }),
  )
  if (endedBy) throw endedBy
  const refused = failures.map(({ line, error, row }) => ({
    line,
    name: cellOf(row, 'name'),
    email: cellOf(row, 'email'),
    error,
  }))
  return { created, updated, unchanged, refused }
}

/** Lists with a filter, and asks what of it ran where. */
export async function listContacts(contacts: ContactsWith<'list'>, where: Where): Promise<ListReport> {
  const found = await contacts.list({ where }).toArray()
  return { plan: contacts.explain({ where }), contacts: found.sort(byExternalId) }
}

/** Changes one contact, then clears some of it. */
export async function changeContact(
  contacts: ContactsWith<'get' | 'update'>,
  name: Name,
): Promise<ChangeReport> {
  const before = await contacts.get(name, { scan: true })
  const updated = await contacts.update(before, {
    note: 'Upgraded to pro.',
    customFields: { plan: 'pro', since: '2026-02' },
  })
  const cleared = await contacts.update(updated, { phone: null, customFields: { score: null } })
  return { before, updated, cleared }
}

/** Searches by text. */
export async function searchContacts(contacts: ContactsWith<'search'>): Promise<SearchReport> {
  const found = await contacts.search(SEARCH_TEXT).toArray()
  return { text: SEARCH_TEXT, contacts: found.sort(byExternalId) }
}

/** Deletes one contact, and reads it again. */
export async function deleteContact(
  contacts: ContactsWith<'get' | 'delete'>,
  name: Name,
): Promise<DeletionReport> {
  const contact = await contacts.get(name, { scan: true })
  await contacts.delete(contact)
  return { contact, errorAfterwards: await errorOf(contacts.get(contact.id)) }
}

async function errorOf(promise: Promise<Contact>): Promise<ContactsErrorCode | undefined> {
  try {
    await promise
    return undefined
  } catch (error) {
    if (ContactsError.is(error)) return error.code
    throw error
  }
}

/** Exports all contacts as CSV, and counts them. */
export async function exportContacts(contacts: ContactsWith<'list' | 'count'>): Promise<ExportReport> {
  const rows = exportCsv(contacts, {
    columns: [
      'externalId',
      'name',
      'nickname',
      'email',
      'phone',
      'note',
      'customFields.plan',
      'customFields.city',
      'customFields.score',
    ],
    bom: true,
  })
  let csv = ''
  for await (const chunk of rows) csv += chunk
  return { csv, count: await contacts.count() }
}

/** Providers list in their own order. */
function byExternalId(a: Contact, b: Contact): number {
  return (a.externalId ?? '') < (b.externalId ?? '') ? -1 : 1
}
