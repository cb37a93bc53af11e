import type { TableContent } from '../tables.ts'
import type { Style } from '../terminal/style.ts'
import { count, duration } from '../words.ts'
import type { SyncingReport } from './run.ts'

/** Each start of the program, in a row. */
export function startsTable({ starts }: SyncingReport, style: Style): TableContent {
  return {
    columns: [
      { title: 'Start', dress: style.bold },
      { title: 'ended' },
      { title: 'at ChatBotKit then', align: 'right' },
      { title: 'requests to it', align: 'right', dress: style.dim },
      { title: 'time', align: 'right', dress: style.dim },
    ],
    rows: starts.map(({ wasKilled, stored, requests, elapsedMs }, index) => [
      index === starts.length - 1 ? 'after changes' : String(index + 1),
      wasKilled ? 'killed: SIGKILL' : 'by itself',
      count(stored),
      count(requests),
      duration(elapsedMs),
    ]),
  }
}

/** What the two runs came to, beside each other. */
export function runsTable({ first, second, changed }: SyncingReport, style: Style): TableContent {
  const row = (title: string, name: string): readonly string[] => [
    title,
    ...[first, second].map((counts) => count(counts[name] ?? 0)),
  ]
  return {
    columns: [
      { title: '', dress: style.bold },
      { title: 'first run', align: 'right', dress: style.green },
      { title: `after ${count(changed)} changes`, align: 'right', dress: style.green },
    ],
    rows: [
      row('created', 'created'),
      row('updated', 'updated'),
      row('unchanged', 'unchanged'),
      row('failed', 'failed'),
      row('writes', 'writes'),
      row('tags left out', 'lost'),
      row('taken up again', 'resumes'),
    ],
  }
}
