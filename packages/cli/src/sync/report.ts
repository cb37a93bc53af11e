import type { ContactEvent, SyncProblem, SyncReport } from '@anycontact/sync'
import type { Host } from '../host.ts'
import { changeText } from '../output/changes.ts'
import { printFields } from '../output/one-contact.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { counted } from '../output/whole.ts'
import { isBothWays, type OpenSync } from './open-sync.ts'

/** So many are shown where not all are asked for. */
export const SHOWN = 10

/** What a report tells of. */
export interface ReportInit {
  readonly opened: OpenSync
  readonly report: SyncReport
  /** The first problems, or all. */
  readonly problems: readonly SyncProblem[]
  /** What would be done with contacts, in a dry run: the first, or all. */
  readonly planned: readonly ContactEvent[]
  readonly plannedCount: number
}

/** What a run did, for people. */
export function reportText(init: ReportInit, host: Host): string {
  const { opened, report, problems, planned, plannedCount } = init
  const { name, source, target } = opened
  const number = (count: number): string => count.toLocaleString('en-US')
  const always = ['created', 'updated', 'unchanged'] as const
  const sometimes = ['deleted', 'skipped', 'failed'] as const
  const rows = [...always, ...sometimes.filter((outcome) => report[outcome] > 0)].map(
    (outcome) => [outcome, number(report[outcome])] as const,
  )
  const lines: string[] = []
  const times = (counts: Readonly<Record<string, number>>, what: string): void => {
    for (const [field, count] of Object.entries(counts))
      lines.push(`${what}: ${field} of ${counted(count, 'contact')}.`)
  }
  times(report.lost, 'Left out')
  times(report.dropped, 'Not kept by its provider')
  times(report.rewritten, 'Kept in another spelling by its provider')
  times(report.cleared, 'Cleared, because the other side has none')
  for (const side of ['source', 'target'] as const) {
    const count = report.unreadable[side]
    if (count > 0) lines.push(`${counted(count, 'record')} of ${opened[side]} could not be read.`)
  }
  if (report.conflicts > 0) {
    lines.push(
      `${counted(report.conflicts, 'field')} changed on both sides: \`anycontact conflicts ${name}\` lists and decides them.`,
    )
  }
  if (!report.complete) {
    lines.push(
      'Not every contact came in the listings, so that nobody was deleted; the next run looks again.',
    )
  }
  if (planned.length > 0)
    lines.push('', ...planned.map((event) => eventText(event, opened)), ...more(planned, plannedCount))
  if (problems.length > 0) {
    const all = report.skipped + report.failed
    lines.push('', 'Not in step:', ...problems.map(problemText), ...more(problems, all))
  }
  if (report.dryRun) lines.push('Nothing was written.')
  const head = `${name}: ${source} ${isBothWays(opened) ? 'and' : 'to'} ${target}`
  return `${safeText(head)}\n${printFields(rows, host)}${lines.map((line) => `${safeText(line)}\n`).join('')}`
}

function more(shown: readonly unknown[], all: number): string[] {
  const rest = all - shown.length
  return rest > 0 ? [`  and ${rest.toLocaleString('en-US')} more; --verbose shows all.`] : []
}

function problemText({ key, sourceId, targetId, message }: SyncProblem): string {
  return `  ${key ?? sourceId ?? targetId ?? 'a contact'}: ${message}`
}

function eventText(
  { key, outcome, side, sourceId, targetId, changes = [] }: ContactEvent,
  opened: OpenSync,
): string {
  const who = key ?? sourceId ?? targetId ?? 'a contact'
  const what = changes.map((change) => `${change.field} ${changeText(change)}`).join('; ')
  return `  ${outcome} at ${opened[side]}: ${who}${outcome === 'updated' && what !== '' ? `: ${what}` : ''}`
}

/** The same for programs. */
export function reportJson({ opened, report, problems, planned }: ReportInit): string {
  const told = planned.map(({ contact: _, ...event }) => event)
  return jsonLine({ sync: opened.name, ...report, problems, ...(report.dryRun && { planned: told }) })
}
