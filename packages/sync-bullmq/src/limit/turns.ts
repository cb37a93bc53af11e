import type { Database } from '../postgres/database.ts'
import { requiredNumber } from '../postgres/row.ts'
import type { Pace } from './pace.ts'

/** Some turns in a row that were taken. */
export interface Turns {
  /** How long until each one, from the moment at which the database gave them. */
  readonly waitsMs: readonly number[]
  /** Gives the last ones back, if nobody has taken a turn since. */
  giveBack(count: number): Promise<void>
}

const CLOCK = 'extract(epoch from clock_timestamp()) * 1000'

/**
 * A clock that was put back, or another server's, must not hold everybody up until it is as late again: nobody waits longer than for
 * so many turns, or so long.
 */
const LONGEST = { turns: 1000, ms: 60_000 }

/** Takes turns in one row of the database, by its clock (GCRA). */
export async function takeTurns(database: Database, name: string, pace: Pace, count: number): Promise<Turns> {
  const { everyMs, aheadMs } = pace
  const taken = count * everyMs
  const longest = Math.max(LONGEST.turns * everyMs, LONGEST.ms)
  for (;;) {
    const [row] = await database.rows(
      `update @.rate_limit set due = greatest(least(due, ${CLOCK} + $3), ${CLOCK}) + $2 where name = $1
      returning due, due - ${CLOCK}`,
      name,
      taken,
      longest,
    )
    if (row) {
      const due = requiredNumber(row, 0)
      const first = requiredNumber(row, 1) - taken - aheadMs
      return {
        waitsMs: Array.from({ length: count }, (_, turn) => Math.max(0, first + turn * everyMs)),
        async giveBack(back) {
          await database.rows(
            'update @.rate_limit set due = due - $3 where name = $1 and due = $2',
            name,
            due,
            back * everyMs,
          )
        },
      }
    }
    await database.run(
      'insert into @.rate_limit (name, due) values ($1, 0) on conflict (name) do nothing',
      name,
    )
  }
}
