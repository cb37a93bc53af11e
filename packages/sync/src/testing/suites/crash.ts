import assert from 'node:assert/strict'
import { killedWriter } from '../killed-writer.ts'
import type { DefineLedgerTest } from '../ledger-session.ts'
import { assertWhole } from '../ledger-writer.ts'

/** Processes that are killed while they write. */
export function crash(define: DefineLedgerTest): void {
  define(
    'what a process had stored before it was killed is there, and nothing is half there',
    async (session) => {
      const command = session.subject.writer?.()
      if (!command) return
      let committed = 0
      const { kills = 5 } = session.settings
      for (let kill = 0; kill < kills; kill++) {
        // The writer goes on while the signal is on its way: it is hit at any place of what it does next.
        const acknowledged = await killedWriter(command, 1 + ((kill * 7) % 13))
        assert.ok(acknowledged > committed, 'the writer went on from where the last one was killed')
        const ledger = await session.another()
        committed = await assertWhole(ledger)
        assert.ok(
          committed >= acknowledged,
          `${acknowledged} commits had returned, and ${committed} are there`,
        )
        await ledger.close()
      }
    },
  )
}
