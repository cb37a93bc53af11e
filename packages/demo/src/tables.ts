import type { Contact } from '@anycontact/chatbotkit'
import { compareReports } from './comparison.ts'
import type { ChangeReport, ImportReport, ProgramReport, RefusedRow } from './report.ts'
import type { Style } from './terminal/style.ts'
import type { Column } from './terminal/table.ts'
import { count, customField, reasonOf, refusedByProvider } from './words.ts'

/** The part of a path that names one contact. */
const CONTACT_ID = /\/contact\/[^/]+\//

/** A table's columns, and its rows with a cell for each column. */
export interface TableContent {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

/** What became of the rows, by outcome. */
export function outcomeTable(
  { created, updated, unchanged, refused }: ImportReport,
  style: Style,
): TableContent {
  return {
    columns: [
      { title: 'Outcome', dress: (outcome) => dressOutcome(outcome, style) },
      { title: 'Rows', align: 'right' },
      { title: 'Why', givesWay: 'wrap', dress: style.dim },
    ],
    rows: [
      ['created', count(created), 'the external id was new'],
      ['updated', count(updated), 'the external id was there, with other data'],
      ['unchanged', count(unchanged), 'the external id was there, with the same data'],
      ['refused', count(refused.length), 'the row is broken; nothing of it was written'],
    ],
  }
}

function dressOutcome(outcome: string, style: Style): string {
  if (outcome === 'refused') return style.red(outcome)
  return outcome === 'unchanged' ? outcome : style.green(outcome)
}

/** Each refused row with its reason. */
export function refusedTable(
  refused: readonly RefusedRow[],
  providerName: string,
  style: Style,
): TableContent {
  return {
    columns: [
      { title: 'Line', align: 'right' },
      { title: 'Name', maxWidth: 18 },
      { title: 'Refused by', dress: style.dim },
      { title: 'Reason', givesWay: 'wrap', dress: style.yellow },
    ],
    rows: refused.map(({ line, name, error }) => [
      count(line),
      name,
      refusedByProvider(error) ? `${providerName} (${error.status})` : 'AnyContact',
      reasonOf(error),
    ]),
  }
}

/** Contacts, one a row. */
export function contactTable(contacts: readonly Contact[]): TableContent {
  return {
    columns: [
      { title: 'Name', maxWidth: 26 },
      { title: 'Email', maxWidth: 34, givesWay: 'cut' },
      { title: 'Phone' },
      { title: 'City' },
    ],
    rows: contacts.map((contact) => [
      contact.name ?? '',
      contact.email ?? '',
      contact.phone ?? '',
      customField(contact, 'city'),
    ]),
  }
}

/** The fields of a contact that a change touched, before and after. */
export function changeTable({ before, updated, cleared }: ChangeReport, style: Style): TableContent {
  const stages = [before, updated, cleared]
  const row = (name: string, read: (contact: Contact) => string | undefined): readonly string[] => [
    name,
    ...stages.map((contact) => read(contact) || '–'),
  ]
  return {
    columns: [
      { title: 'Field', dress: style.bold },
      { title: 'Before', givesWay: 'cut' },
      { title: 'Updated', dress: style.green },
      { title: 'Cleared', dress: style.yellow },
    ],
    rows: [
      row('name', ({ name }) => name),
      row('phone', ({ phone }) => phone),
      row('note', ({ note }) => note),
      row('customFields.plan', (contact) => customField(contact, 'plan')),
      row('customFields.since', (contact) => customField(contact, 'since')),
      row('customFields.score', (contact) => customField(contact, 'score')),
      row('customFields.city', (contact) => customField(contact, 'city')),
    ],
  }
}

/** The numbers of two runs, and why they differ. */
export function comparisonTable(there: ProgramReport, here: ProgramReport, style: Style): TableContent {
  const { refusedOnlyByFirst, respelled, same, inBoth } = compareReports(there, here)
  const stricter = `${refusedOnlyByFirst} rows break rules that only ChatBotKit has`
  const row = (name: string, read: (report: ProgramReport) => number, why: string): readonly string[] => {
    const [one, other] = [read(there), read(here)]
    return [name, count(one), count(other), one === other ? '' : why]
  }
  return {
    columns: [
      { title: '', dress: style.bold },
      { title: 'ChatBotKit', align: 'right' },
      { title: 'Memory', align: 'right' },
      { title: 'Remark', givesWay: 'wrap', dress: style.dim },
    ],
    rows: [
      row('created', ({ imported }) => imported.created, stricter),
      row('updated', ({ imported }) => imported.updated, ''),
      row('unchanged', ({ imported }) => imported.unchanged, ''),
      row('refused', ({ imported }) => imported.refused.length, stricter),
      row('listed', ({ listed }) => listed.contacts.length, ''),
      row('found', ({ searched }) => searched.contacts.length, ''),
      row('exported', ({ exported }) => exported.count, stricter),
      [
        'the same in both',
        count(same),
        count(inBoth),
        `ChatBotKit spells ${count(respelled)} phone numbers anew, as E.164`,
      ],
    ],
  }
}

/**
 * How many requests each endpoint got.
 *
 * @param requests - in the order in which they arrived
 */
export function requestTable(
  requests: readonly { readonly method: string; readonly path: string }[],
  style: Style,
): TableContent {
  const counts = new Map<string, number>()
  for (const { method, path } of requests) {
    const endpoint = `${method.padEnd(4)} ${path.replace(CONTACT_ID, '/contact/{contactId}/')}`
    counts.set(endpoint, (counts.get(endpoint) ?? 0) + 1)
  }
  return {
    columns: [{ title: 'Endpoint' }, { title: 'Requests', align: 'right', dress: style.bold }],
    rows: [...counts].map(([endpoint, number]) => [endpoint, count(number)]),
  }
}
