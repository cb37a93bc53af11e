import type { CopyReport, RefKey } from '@anycontact/core'
import type { Host } from '../host.ts'
import { printFields } from '../output/one-contact.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { counted } from '../output/whole.ts'

/** So many are shown where not all are asked for. */
const SHOWN = 10

/** What a report tells of. */
export interface CopyReportInit {
  readonly report: CopyReport
  /** The names of the providers. */
  readonly from: string
  readonly to: string
  readonly by: RefKey
  readonly verbose: boolean
}

const OUTCOMES = ['created', 'updated', 'unchanged', 'stored', 'skipped'] as const

/** What a copy did, for people. */
export function copyText({ report, from, to, by, verbose }: CopyReportInit, host: Host): string {
  const { failed, stillDeleted = [], dropped, warnings, dryRun } = report
  const number = (count: number): string => count.toLocaleString('en-US')
  const rows = [
    ...OUTCOMES.filter((outcome, index) => index < 3 || report[outcome] > 0).map(
      (outcome) => [LABELS[outcome], number(report[outcome])] as const,
    ),
    ...(failed.length > 0 ? [['failed', number(failed.length)] as const] : []),
  ]
  const leftOut = Object.entries(dropped).map(([field, count]) => `${field} (${counted(count, 'contact')})`)
  const lines = [
    ...(leftOut.length > 0 ? [`Left out, because ${to} has no place for it: ${leftOut.join(', ')}.`] : []),
    ...warnings.map(({ message, count }) => `${message} (${counted(count, 'time')})`),
    ...(stillDeleted.length > 0
      ? [`${to} keeps ${counted(stillDeleted.length, 'contact')} as deleted, although written to.`]
      : []),
  ]
  if (failed.length > 0) {
    const shown = verbose ? failed : failed.slice(0, SHOWN)
    lines.push('', 'Failed:', ...shown.map(({ id, error }) => `  ${id}: ${error.message}`))
    const more = failed.length - shown.length
    if (more > 0) lines.push(`  and ${number(more)} more; --verbose shows all.`)
  }
  if (dryRun) lines.push(`Nothing was written. ${to} itself may refuse more.`)
  const head = `${from} to ${to}, by ${by}${dryRun ? ', what would be done' : ''}: ${counted(report.read, 'contact')}`
  return `${safeText(head)}\n${printFields(rows, host)}${lines.map((line) => `${safeText(line)}\n`).join('')}`
}

const LABELS = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  stored: 'there already',
  skipped: 'skipped',
} as const satisfies Record<(typeof OUTCOMES)[number], string>

/** The same as one JSON object. */
export function copyJson({ report, from, to, by }: CopyReportInit): string {
  const { failed, ...counts } = report
  const failures = failed.map(({ id, error: { code, message } }) => ({ id, code, message }))
  return jsonLine({ from, to, by, ...counts, failed: failed.length, failures })
}
