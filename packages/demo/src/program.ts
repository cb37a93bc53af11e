/**
 * What the demo does with contacts. Nothing in here knows a provider: the types say which operations it needs, and every
 * client that has them will do. (Each adapter package exports these names; another's would do as well.)
 */
import {
  type BatchProgress,
  type Contact,
  type ContactInput,
  ContactsError,
  type ContactsErrorCode,
  type ContactsWith,
  exportCsv,
  type Where,
} from '@anycontact/chatbotkit'
import type { Narrator } from './narrator.ts'
import type {
  ChangeReport,
  DeletionReport,
  ImportReport,
  ListReport,
  ProgramReport,
  SearchReport,
} from './report.ts'

/** The clients that the program runs against. */
export type DemoContacts = ContactsWith<
  'list' | 'get' | 'find' | 'update' | 'delete' | 'search' | 'count' | 'upsertMany'
>

/** The filter of the listing: customers in East Asia who can be phoned. */
const WHERE = {
  phone: { exists: true },
  customFields: { plan: 'team', consent: true, country: { in: ['CN', 'HK', 'JP', 'KR', 'TW'] } },
} as const satisfies Where

/** What is searched for: Muñoz, typed without its accent. */
export const SEARCH_TEXT = 'munoz'

/** The external ids of the contacts that are changed and deleted. */
export const CHANGED_ID = 'user-42'
export const DELETED_ID = 'test-user-please-delete'

/**
 * Runs the program.
 *
 * @param contacts - the client of an account without contacts
 * @param inputs - what to import
 * @param narrator - told of each step when it is done
 */
export async function runProgram(
  contacts: DemoContacts,
  inputs: readonly ContactInput[],
  narrator: Narrator,
): Promise<ProgramReport> {
  narrator.begins('import')
  const imported = await importContacts(contacts, inputs, (progress) => narrator.importing(progress))
  narrator.imported(imported)

  narrator.begins('list')
  const listed = await listContacts(contacts)
  narrator.listed(listed)

  narrator.begins('change')
  const changed = await changeContact(contacts)
  narrator.changed(changed)

  narrator.begins('search')
  const searched = await searchContacts(contacts)
  narrator.searched(searched)

  narrator.begins('delete')
  const deletion = await deleteContact(contacts)
  narrator.deleted(deletion)

  narrator.begins('export')
  const exported = { csv: await exportContacts(contacts), count: await contacts.count() }
  await narrator.exported(exported)
  return { provider: contacts.provider, imported, listed, changed, searched, deletion, exported }
}

async function importContacts(
  contacts: DemoContacts,
  inputs: readonly ContactInput[],
  onProgress: (progress: BatchProgress) => void,
): Promise<ImportReport> {
  const outcomes = { created: 0, updated: 0, unchanged: 0 }
  const { succeeded, failed } = await contacts.upsertMany(inputs, { by: 'externalId', onProgress })
  for (const { outcome } of succeeded) outcomes[outcome]++
  const refused = failed.map(({ index, error }) => ({ index, name: inputs[index]?.name ?? '', error }))
  return { ...outcomes, refused }
}

async function listContacts(contacts: DemoContacts): Promise<ListReport> {
  const found = await contacts.list({ where: WHERE }).toArray()
  return { plan: contacts.explain({ where: WHERE }), contacts: found.sort(byExternalId) }
}

async function changeContact(contacts: DemoContacts): Promise<ChangeReport> {
  const before = await contacts.get({ externalId: CHANGED_ID }, { scan: true })
  const updated = await contacts.update(before, {
    note: 'Upgraded to pro.',
    customFields: { plan: 'pro', since: '2026-02' },
  })
  const cleared = await contacts.update(updated, { phone: null, customFields: { score: null } })
  return { before, updated, cleared }
}

async function searchContacts(contacts: DemoContacts): Promise<SearchReport> {
  const found = await contacts.search(SEARCH_TEXT).toArray()
  return { text: SEARCH_TEXT, contacts: found.sort(byExternalId) }
}

async function deleteContact(contacts: DemoContacts): Promise<DeletionReport> {
  const contact = await contacts.get({ externalId: DELETED_ID }, { scan: true })
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

async function exportContacts(contacts: DemoContacts): Promise<string> {
  const csv = exportCsv(contacts, {
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
  let text = ''
  for await (const chunk of csv) text += chunk
  return text
}

/** Providers list in their own order. */
function byExternalId(a: Contact, b: Contact): number {
  return (a.externalId ?? '') < (b.externalId ?? '') ? -1 : 1
}
