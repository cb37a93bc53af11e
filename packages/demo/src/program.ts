/**
 * What the demo does with contacts. Nothing in here knows a provider: the types say which operations it needs, and every
 * client that has them will do. (Each adapter package exports these names; another's would do as well.)
 */
import type { ContactsWith } from '@anycontact/chatbotkit'
import type { CsvRow } from '@anycontact/formats'
import type { Narrator } from './narrator.ts'
import type { ProgramReport } from './report.ts'
import {
  changeContact,
  deleteContact,
  exportContacts,
  importContacts,
  listContacts,
  searchContacts,
  WHERE,
} from './steps.ts'

/** The clients that the program runs against. */
export type DemoContacts = ContactsWith<
  'list' | 'get' | 'find' | 'update' | 'delete' | 'search' | 'count' | 'upsertMany'
>

/** The external ids of the contacts that are changed and deleted. */
export const CHANGED_ID = 'user-42'
export const DELETED_ID = 'test-user-please-delete'

/**
 * Runs the program.
 *
 * @param contacts - the client of an account without contacts
 * @param rows - what to import
 * @param narrator - called with each step when it is done
 */
export async function runProgram(
  contacts: DemoContacts,
  rows: readonly CsvRow[],
  narrator: Narrator,
): Promise<ProgramReport> {
  narrator.begins('import')
  const imported = await importContacts(contacts, rows, 'externalId', (progress) =>
    narrator.importing(progress),
  )
  narrator.imported(imported)

  narrator.begins('list')
  const listed = await listContacts(contacts, WHERE)
  narrator.listed(listed)

  narrator.begins('change')
  const changed = await changeContact(contacts, { externalId: CHANGED_ID })
  narrator.changed(changed)

  narrator.begins('search')
  const searched = await searchContacts(contacts)
  narrator.searched(searched)

  narrator.begins('delete')
  const deletion = await deleteContact(contacts, { externalId: DELETED_ID })
  narrator.deleted(deletion)

  narrator.begins('export')
  const exported = await exportContacts(contacts)
  await narrator.exported(exported)
  return { provider: contacts.provider, imported, listed, changed, searched, deletion, exported }
}
