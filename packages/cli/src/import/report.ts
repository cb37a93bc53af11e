import type { RefKey } from '@anycontact/core'
import type { CsvColumnUse } from '@anycontact/formats'
import type { ContactEvent } from '@anycontact/sync'
import type { Host } from '../host.ts'
import { changeText } from '../output/changes.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { styleOf } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { counted } from '../output/whole.ts'
import { SHOWN } from './course.ts'
import { said } from './csv-words.ts'
import type { Failure, ImportFile } from './import-file.ts'
import { columnsOf } from './plan.ts'
import type { ImportOutcome } from './run.ts'
import type { Scan } from './scan.ts'

/** What a report tells of. */
export interface ReportInit extends ImportOutcome {
  readonly file: Pick<ImportFile, 'name'>
  readonly scan: Scan
  readonly by: RefKey
  readonly provider: string
  /** The file that has the refused rows now. */
  readonly refusedFile: string | undefined
  readonly verbose: boolean
}

/** Where each column goes, as a table. */
export function columnsText(columns: readonly CsvColumnUse[], host: Host): string {
  const { stdout } = host
  return printTable(
    {
      columns: [{ title: 'Column' }, { title: 'Goes to' }],
      width: stdout.isTerminal ? stdout.columns : undefined,
      style: styleOf(host, stdout),
    },
    columns.map(({ header, to, reason }) => [
      header || '(no header)',
      to === null
        ? `left out: ${said(reason ?? 'as asked')}`
        : to.startsWith('customFields.')
          ? `custom field ${to.slice('customFields.'.length)}`
          : to,
    ]),
  )
}

/** What became of the rows, for people. */
export function reportText(init: ReportInit): string {
  const { report, refused, planned, scan, file, provider, refusedFile, verbose } = init
  const number = (count: number): string => count.toLocaleString('en-US')
  const { created, updated, unchanged } = report
  const outcomes = [
    `${number(created)} ${report.dryRun ? 'would be created' : 'created'}`,
    `${number(updated)} ${report.dryRun ? 'changed' : 'updated'}`,
    `${number(unchanged)} unchanged`,
    `${number(refused.failures.length)} refused`,
  ]
  const lines = [`${file.name} to ${provider}: ${counted(scan.rows, 'row')}, ${outcomes.join(', ')}.`]
  for (const [note, count] of scan.notes) lines.push(`Read without: ${note} (${counted(count, 'row')}).`)
  lines.push(
    ...countsLine('Left out', report.lost),
    ...countsLine(`Not kept by ${provider}`, report.dropped),
    ...countsLine(`Kept by ${provider} in another spelling`, report.rewritten),
    ...plannedLines('Would be created', planned, 'created', created),
    ...plannedLines('Would be changed', planned, 'updated', updated),
  )
  if (refused.failures.length > 0) lines.push('', ...refusedLines(refused.failures, scan, verbose))
  if (refusedFile !== undefined)
    lines.push(
      '',
      `These rows are in ${refusedFile}, each with its reason: mend them there, and import that file.`,
    )
  if (report.dryRun) lines.push('', `Nothing was written. ${provider} itself may refuse more.`)
  return lines.map((line) => `${safeText(line)}\n`).join('')
}

function countsLine(title: string, counts: Readonly<Record<string, number>>): string[] {
  const fields = Object.entries(counts).map(([field, count]) => `${field} (${counted(count, 'row')})`)
  return fields.length === 0 ? [] : [`${title}: ${fields.join(', ')}.`]
}

/** What would become of rows: all, or the first of them. */
function plannedLines(
  title: string,
  planned: readonly ContactEvent[],
  outcome: 'created' | 'updated',
  count: number,
): string[] {
  const shown = planned.filter((event) => event.outcome === outcome)
  if (shown.length === 0) return []
  const first = shown.length < count ? `, the first ${number(shown.length)} of ${number(count)}` : ''
  return ['', `${title}${first}:`, ...shown.flatMap(eventLines)]
}

function eventLines({ key = '', outcome, changes = [], contact }: ContactEvent): string[] {
  const name = contact?.name ?? contact?.givenName
  if (outcome === 'created') return [safeText(name === undefined ? `  ${key}` : `  ${key}  ${name}`)]
  return [
    safeText(`  ${key}`),
    ...changes.map((change) => safeText(`    ${change.field}: ${changeText(change)}`)),
  ]
}

function refusedLines(failures: readonly Failure[], scan: Scan, verbose: boolean): string[] {
  const shown = verbose ? failures : failures.slice(0, SHOWN)
  const more = failures.length - shown.length
  return [
    'Refused:',
    ...shown.map((failure) => `  line ${failure.line}: ${reasonText(failure, scan)}`),
    ...(more > 0 ? [`  and ${number(more)} more; --verbose shows all.`] : []),
  ]
}

function number(count: number): string {
  return count.toLocaleString('en-US')
}

/** Why a row was refused, with the columns as the file calls them. */
function reasonText({ error }: Failure, scan: Pick<Scan, 'columns'>): string {
  const { issues = [] } = error
  if (issues.length === 0) return safeText(error.message)
  return issues
    .map(({ path, message }) => {
      // Where several columns make a field, the reader names the one that it is.
      if (message.startsWith('in "')) return safeText(message.slice('in '.length))
      const [column = path] = columnsOf(scan, path)
      return safeText(column === '' ? said(message) : `${column} ${said(message)}`)
    })
    .join('; ')
}

/** The same as one JSON object. */
export function reportJson({
  report,
  refused,
  planned,
  scan,
  file,
  by,
  provider,
  refusedFile,
}: ReportInit): string {
  const { created, updated, unchanged, dryRun, resumes, lost, dropped, rewritten } = report
  return jsonLine({
    file: file.name,
    provider,
    by,
    dryRun,
    rows: scan.rows,
    created,
    updated,
    unchanged,
    refused: refused.failures.length,
    resumes,
    ...(scan.columns && {
      columns: scan.columns.map(({ header, to, reason }) => ({
        header,
        to,
        ...(reason && { reason: said(reason) }),
      })),
    }),
    ...(scan.notes.size > 0 && { notes: Object.fromEntries(scan.notes) }),
    lost,
    dropped,
    rewritten,
    ...(dryRun && {
      planned: planned.map(({ key, outcome, changes = [] }) => ({
        key,
        outcome,
        changes: changes.map(({ field, before, after }) => ({ field, before, after })),
      })),
    }),
    failures: refused.failures.map((failure) => ({
      line: failure.line,
      reason: reasonText(failure, scan),
    })),
    ...(refusedFile !== undefined && { refusedFile }),
  })
}
