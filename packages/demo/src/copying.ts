/** The end of the demo: contacts move from one provider to another. */
import { type ContactsWith, type CopyReport, copyContacts } from '@anycontact/chatbotkit'
import { WHERE } from './steps.ts'
import type { TableContent } from './tables.ts'
import type { Style } from './terminal/style.ts'
import { count, reasonOf } from './words.ts'

/** What is set at the source alone: the target has no fields for it. */
const MARKS = { tags: ['east-asia'], status: 'active' }

/** A copy, and what a dry run said before and after it. */
export interface CopyingReport {
  /** How many contacts got tags and a status at the source. */
  readonly marked: number
  readonly before: CopyReport
  readonly copy: CopyReport
  readonly after: CopyReport
  /** What the contacts are called, by their id at the source. */
  readonly names: ReadonlyMap<string, string>
  /** How many contacts the target has at the end. */
  readonly count: number
}

/**
 * Marks some contacts at the source, and copies all to the target: as a dry run, then for good, then as a dry run again.
 *
 * @param to - the client of an account without contacts
 * @param onProgress - called after each contact of the copy
 */
export async function runCopying(
  from: ContactsWith<'list' | 'updateMany'>,
  to: ContactsWith<'upsertMany' | 'count'>,
  onProgress: (progress: { readonly done: number; readonly total: number }) => void,
): Promise<CopyingReport> {
  const chosen = await from.list({ where: WHERE }).toArray()
  const marking = await from.updateMany(chosen.map(({ id }) => ({ ref: id, patch: MARKS })))
  const dryRun = { by: 'externalId', dryRun: true, scan: true } as const
  const before = await copyContacts(from, to, dryRun)
  const names = new Map<string, string>()
  const copy = await copyContacts(from, to, {
    by: 'externalId',
    map(input, { id, name = id }) {
      names.set(id, name)
      return input
    },
    onProgress({ created, updated, unchanged, failed }) {
      onProgress({ done: created + updated + unchanged + failed, total: before.read })
    },
  })
  const after = await copyContacts(from, to, dryRun)
  return { marked: marking.succeeded.length, before, copy, after, names, count: await to.count() }
}

/** The three reports side by side. */
export function copyTable({ before, copy, after }: CopyingReport, style: Style): TableContent {
  const row = (title: string, read: (report: CopyReport) => number): readonly string[] => [
    title,
    ...[before, copy, after].map((report) => count(read(report))),
  ]
  const fields = [...new Set([before, copy, after].flatMap(({ dropped }) => Object.keys(dropped)))]
  return {
    columns: [
      { title: '', dress: style.bold },
      { title: 'dry run', align: 'right', dress: style.dim },
      { title: 'copy', align: 'right', dress: style.green },
      { title: 'dry run again', align: 'right', dress: style.dim },
    ],
    rows: [
      row('read', ({ read }) => read),
      row('created', ({ created }) => created),
      row('updated', ({ updated }) => updated),
      row('unchanged', ({ unchanged }) => unchanged),
      row('failed', ({ failed }) => failed.length),
      ...fields.map((field) => row(`dropped ${field}`, ({ dropped }) => dropped[field] ?? 0)),
    ],
  }
}

/** The contacts that were not copied, and why. */
export function copyFailureTable({ copy, names }: CopyingReport, style: Style): TableContent {
  return {
    columns: [
      { title: 'Not copied', maxWidth: 24 },
      { title: 'Reason', givesWay: 'wrap', dress: style.yellow },
    ],
    rows: copy.failed.map(({ id, error }) => [names.get(id) ?? id, reasonOf(error)]),
  }
}
