import type { Contact } from '@anycontact/chatbotkit'
import type { ProviderRun } from './provider-run.ts'
import type { ImportReport, ListReport, PartsReport } from './report.ts'
import type { TableContent } from './tables.ts'
import type { Style } from './terminal/style.ts'
import { conditionText, count, countOf, customField, duration } from './words.ts'

/** What stands where a provider has nothing to say. */
const NOTHING = '–'

/** What one provider made of the program, a line a step. */
export function partsTable({ name, report, leftOut }: ProviderRun, style: Style): TableContent {
  const { imported, listed, changed, searched, deletion, exported } = report
  return {
    columns: [
      { title: 'Step', dress: style.bold },
      { title: 'Result', givesWay: 'wrap' },
    ],
    rows: [
      ['import', imported === undefined ? 'none: nobody can create a contact there' : importText(imported)],
      ['list', `${countOf(listed.contacts.length, 'contact')}; ${planText(name, listed)}`],
      ['update', `${changed.before.email ?? ''}: ${changeText(changed.before, changed.cleared)}`],
      ['search', countOf(searched.contacts.length, 'contact')],
      [
        'delete',
        deletion === undefined
          ? "none: contacts.supports('delete') is false, and contacts.delete(…) does not compile"
          : `${deletion.contact.email ?? ''}; reading it again fails with ${deletion.errorAfterwards ?? 'nothing'}`,
      ],
      ['export', countOf(exported.count, 'contact')],
      ['left out', leftOutText(leftOut)],
    ],
  }
}

function importText({ created, updated, unchanged, refused }: ImportReport): string {
  const lines = refused.map(({ line }) => line).join(', ')
  return `${count(created)} created, ${count(updated)} updated, ${count(unchanged)} unchanged, ${count(refused.length)} refused (lines ${lines})`
}

/** Which part of the filter ran where; what the file has no word of is the adapter's own. */
function planText(name: string, { plan }: ListReport): string {
  const there = plan.pushedDown.filter(({ field }) => field !== 'deleted').map(conditionText)
  const here = plan.evaluatedHere.map(conditionText)
  const parts = [
    ...(there.length === 0 ? [] : [`${name} filters ${there.join(' and ')}`]),
    ...(here.length === 0 ? [] : [`AnyContact filters ${here.join(' and ')}`]),
  ]
  return parts.join(', ')
}

/** The fields that are not as they were. */
function changeText(before: Contact, after: Contact): string {
  const fields: readonly (readonly [string, (contact: Contact) => string | undefined])[] = [
    ['phone', ({ phone }) => phone],
    ['note', ({ note }) => note && `“${note}”`],
    ['customFields.plan', (contact) => customField(contact, 'plan')],
    ['customFields.since', (contact) => customField(contact, 'since')],
    ['customFields.score', (contact) => customField(contact, 'score')],
  ]
  return fields
    .filter(([, read]) => (read(before) || '') !== (read(after) || ''))
    .map(([name, read]) => `${name} ${read(before) || NOTHING} → ${read(after) || NOTHING}`)
    .join(', ')
}

function leftOutText(leftOut: ReadonlyMap<string, number>): string {
  if (leftOut.size === 0) return 'nothing'
  const fields = [...leftOut].map(([field, times]) => `${field} ${count(times)} times`)
  return `${fields.join(', ')}: the import cannot write them there`
}

/** The numbers of all providers side by side. */
export function providersTable(runs: readonly ProviderRun[], style: Style): TableContent {
  const row = (title: string, read: (run: ProviderRun) => string | undefined): readonly string[] => [
    title,
    ...runs.map((run) => read(run) ?? NOTHING),
  ]
  const imported = (title: string, read: (report: ImportReport) => number): readonly string[] =>
    row(title, ({ report }) => report.imported && count(read(report.imported)))
  const number = (title: string, read: (report: PartsReport) => number): readonly string[] =>
    row(title, ({ report }) => count(read(report)))
  return {
    columns: [
      { title: '', dress: style.bold },
      ...runs.map(({ name }) => ({ title: name, align: 'right' }) as const),
    ],
    rows: [
      imported('created', ({ created }) => created),
      imported('updated', ({ updated }) => updated),
      imported('unchanged', ({ unchanged }) => unchanged),
      imported('refused', ({ refused }) => refused.length),
      number('listed', ({ listed }) => listed.contacts.length),
      number('found', ({ searched }) => searched.contacts.length),
      row('deleted', ({ report }) => report.deletion && '1'),
      number('exported', ({ exported }) => exported.count),
      row('requests', ({ requests }) => count(requests)),
      row('time', ({ elapsedMs }) => duration(elapsedMs)),
    ],
  }
}
