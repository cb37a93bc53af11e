import type { Play, Played } from './play.ts'

const HEADS = [
  'ledger',
  'sync',
  'contacts',
  'kills',
  'killed',
  'cut off',
  'requests',
  'writes',
  'seconds',
  'run 2',
  'run 3',
  'laws',
] as const

/** What was played as a table: how often processes were killed, how many writes were left open by it, and the writes of the runs after it. */
export function tableOf(rows: readonly { readonly asked: Play; readonly played: Played }[]): string {
  const cells = rows.map(({ asked, played }) =>
    [
      asked.ledger,
      asked.scenario,
      asked.contacts,
      played.kills,
      played.killed,
      played.cutOff,
      played.requests,
      played.writes,
      Math.round(played.seconds),
      played.second,
      played.third,
      played.breaches.length === 0 ? 'hold' : `broken: ${played.breaches.map(({ law }) => law).join(', ')}`,
    ].map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  )
  const lines = [[...HEADS], HEADS.map(() => '---'), ...cells]
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n')
}
