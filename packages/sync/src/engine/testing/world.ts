import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import type { FetchFunction } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  createEmulator,
  type Emulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { sqliteLedger } from '../../ledger/sqlite/sqlite-ledger.ts'

/** Two emulated providers, a ledger in memory, and a clock on which no wait takes time. */
export function createWorld({ between = (send: FetchFunction) => send } = {}) {
  const clock = createTestClock({ waits: (ms) => ms < 10_000 })
  const emulator: Emulator = createEmulator({ now: clock.now, seed: 1 })
  const options = { clock, random: () => 0.5, retry: false } as const
  return {
    clock,
    emulator,
    ledger: sqliteLedger(':memory:', { clock }),
    cognipeer: cognipeer({
      token: COGNIPEER_TOKEN,
      hookId: COGNIPEER_HOOK_ID,
      fetch: between(emulator.cognipeer.fetch),
      ...options,
    }),
    chatbotkit: chatbotkit({
      secret: CHATBOTKIT_SECRET,
      fetch: between(emulator.chatbotkit.fetch),
      ...options,
    }),
    memory: memory({ clock }),
    /** How many requests have written something. */
    writes: () => emulator.audit().writes,
  }
}
