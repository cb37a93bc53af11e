import { test } from 'vitest'
import { testLedger } from '../testing/test-ledger.ts'
import { overlayLedger } from './overlay.ts'
import { sqliteLedger } from './sqlite/sqlite-ledger.ts'

testLedger({
  test,
  prefix: 'a dry run’s ledger: ',
  create() {
    let time = 1_000_000
    const base = sqliteLedger(':memory:', { clock: { now: () => time } })
    const over = overlayLedger(base)
    return {
      // What it has is in its memory: so there is one, which others only let go of.
      open: () => ({ ...over, close: async () => {} }),
      advance: (ms) => {
        time += ms
      },
      dispose: () => base.close(),
    }
  },
})
