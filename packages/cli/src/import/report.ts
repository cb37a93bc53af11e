import type { RefKey } from '@anycontact/core'
import type { CsvColumnUse } from '@anycontact/formats'
import type { Host } from '../host.ts'
import { safeText } from '../output/safe-text.ts'
import { styleOf } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { counted } from '../output/whole.ts'
import type { Failure, ImportFile } from './import-file.ts'
import { columnsOf } from './plan.ts'
import type { ImportOutcome } from './run.ts'
import type { Scan } from './scan.ts'

/** So many are shown where not all are asked for. */
const SHOWN = 10

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
        ? `left out: ${reason ?? 'asked for'}`
        : to.startsWith('customFields.')
          ? `custom field ${to.slice('customFields.'.length)}`
          : to,
    ]),
  )
}

/** What became of the rows, for people. */
export function reportText(init: ReportInit): string {
  const { report, refused, scan, file, provider, refusedFile, verbose } = init
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
  for (const [field, count] of Object.entries(report.lost))
    lines.push(`Left out: ${field} of ${counted(count, 'row')}.`)
  for (const [field, count] of Object.entries(report.dropped))
    lines.push(`Not kept by ${provider}: ${field} of ${counted(count, 'row')}.`)
  if (refused.failures.length > 0) lines.push('', ...refusedLines(refused.failures, scan, verbose))
  if (refusedFile !== undefined)
    lines.push(
      `These rows are in ${refusedFile}, each with its reason: mend them there, and import that file.`,
    )
  if (report.dryRun) lines.push(`Nothing was written. ${provider} itself may refuse more.`)
  return `${lines.join('\n')}\n`
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
export function reasonText({ error }: Failure, scan: Pick<Scan, 'columns'>): string {
  const { issues = [] } = error
  if (issues.length === 0) return safeText(error.message)
  return issues
    .map(({ path, message }) => {
      const [column = path] = columnsOf(scan, path)
      return safeText(column === '' ? message : `${column} ${message}`)
    })
    .join('; ')
}

/** The same as one JSON object. */
export function reportJson({ report, refused, scan, file, by, provider, refusedFile }: ReportInit): string {
  const { created, updated, unchanged, dryRun, resumes, lost, dropped } = report
  return `${JSON.stringify({
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
      columns: scan.columns.map(({ header, to, reason }) => ({ header, to, ...(reason && { reason }) })),
    }),
    ...(scan.notes.size > 0 && { notes: Object.fromEntries(scan.notes) }),
    lost,
    dropped,
    failures: refused.failures.map((failure) => ({
      line: failure.line,
      reason: reasonText(failure, scan),
    })),
    ...(refusedFile !== undefined && { refusedFile }),
  })}\n`
}
