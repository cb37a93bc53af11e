/**
 * The same program for a provider that cannot do all of it: each part runs where the provider has the operation. Like the
 * program, it knows no provider; it asks the client what it can do.
 */
import type { BatchProgress, ContactsWith } from '@anycontact/chatbotkit'
import type { CsvRow } from '@anycontact/formats'
import type { DeletionReport, ImportReport, PartsReport } from './report.ts'
import {
  changeContact,
  createPeople,
  deleteContact,
  exportContacts,
  importContacts,
  listContacts,
  searchContacts,
  WHERE,
} from './steps.ts'

/** The clients that the parts run against: all that can be read and changed. */
export type PartsContacts = ContactsWith<'list' | 'get' | 'update' | 'search' | 'count'>

/** The email addresses of the contacts that are changed and deleted: every provider knows contacts by them. */
const CHANGED_EMAIL = 'ana@example.com'
const DELETED_EMAIL = 'test@example.com'

/**
 * Runs the parts of the program that the provider allows.
 *
 * @param contacts - a client that leaves out what the provider has no field for (`unsupportedFields: 'drop'`)
 * @param rows - what to import, where contacts can be made
 * @param onProgress - called after each row of the import
 */
export async function runParts(
  contacts: PartsContacts,
  rows: readonly CsvRow[],
  onProgress: (progress: BatchProgress) => void,
): Promise<PartsReport> {
  const imported = await importWhereItCan(contacts, rows, onProgress)
  // A filter by what no contact has there would find none.
  const where = contacts.capabilities.update?.fields.includes('customFields') ? WHERE : { phone: WHERE.phone }
  const listed = await listContacts(contacts, where)
  const changed = await changeContact(contacts, { email: CHANGED_EMAIL })
  const searched = await searchContacts(contacts)
  const deletion = await deleteWhereItCan(contacts)
  const exported = await exportContacts(contacts)
  return { provider: contacts.provider, imported, listed, changed, searched, deletion, exported }
}

async function importWhereItCan(
  contacts: PartsContacts,
  rows: readonly CsvRow[],
  onProgress: (progress: BatchProgress) => void,
): Promise<ImportReport | undefined> {
  if (!contacts.supports('upsertMany')) return undefined
  if (contacts.capabilities.upsert?.by.includes('externalId')) {
    return importContacts(contacts, rows, 'externalId', onProgress)
  }
  if (contacts.capabilities.upsert?.by.includes('id')) {
    return importContacts(contacts, rows.map(nameById), 'id', onProgress)
  }
  return contacts.supports('createMany') ? createPeople(contacts, rows, onProgress) : undefined
}

/** Where the caller chooses the contact's own id, ours is that. */
function nameById(row: CsvRow): CsvRow {
  if (row.error) return row
  const { externalId, ...contact } = row.contact
  return { ...row, contact: { ...contact, ...(typeof externalId === 'string' && { id: externalId }) } }
}

async function deleteWhereItCan(contacts: PartsContacts): Promise<DeletionReport | undefined> {
  return contacts.supports('delete') ? deleteContact(contacts, { email: DELETED_EMAIL }) : undefined
}
