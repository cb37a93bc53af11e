import { requiredNumber } from '@anycontact/sync/ledger-kit'
import type { Statements } from '../postgres/database.ts'
import type { Pace } from './pace.ts'

/** Some turns that were taken, one after the other. */
export interface Turns {
  /** How long until each one, from the moment at which the database gave them. */
  readonly waitsMs: readonly number[]
  /** Gives turns back that were not used, as far as others then still keep the pace. */
  giveBack(count: number): Promise<void>
}

/**
 * A clock that was put back, or another server's, must not hold everybody up until it is as late again: nobody waits longer than for
 * so many turns, or so long.
 */
const LONGEST = { turns: 1000, ms: 60_000 }

/**
 * Takes turns by the database's clock: each is at the earliest time at which the pace is kept (GCRA). `due` is the latest of
 * `t + n × everyMs`, over all turns `t` that were given and the number `n` of those from it on, and a turn may be `aheadMs` before it.
 */
export async function takeTurns(
  statements: Statements,
  name: string,
  { everyMs, aheadMs }: Pick<Pace, 'everyMs' | 'aheadMs'>,
  count: number,
): Promise<Turns> {
  const taken = count * everyMs
  const longest = Math.max(LONGEST.turns * everyMs, LONGEST.ms)
  for (;;) {
    const [row] = await statements.rows(
      `update @.rate_limit set due = greatest(least(due, @clock + $3), @clock) + $2,
        free_at = case when due - $4 < @clock then @clock else free_at end
      where name = $1 returning due - @clock, free_at, back`,
      name,
      taken,
      longest,
      aheadMs,
    )
    if (row) {
      const first = requiredNumber(row, 0) - taken - aheadMs
      const freeAt = requiredNumber(row, 1)
      const back = requiredNumber(row, 2)
      return {
        waitsMs: Array.from({ length: count }, (_, turn) => Math.max(0, first + turn * everyMs)),
        async giveBack(unused) {
          // Turns that were given since, each as early as could be, allow for no more than `aheadMs`; and for nothing where one was
          // given later than that, because the pace was not used up.
          await statements.rows(
            `update @.rate_limit set due = due - freed, back = back + freed
            from (select name, least($3, $4 - (back - $5)) as freed from @.rate_limit where name = $1 for update) as gift
            where rate_limit.name = gift.name and freed > 0 and free_at = $2`,
            name,
            freeAt,
            unused * everyMs,
            aheadMs,
            back,
          )
        },
      }
    }
    await statements.run(
      'insert into @.rate_limit (name, due) values ($1, 0) on conflict (name) do nothing',
      name,
    )
  }
}
