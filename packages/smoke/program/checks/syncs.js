import { createEmulator } from '@anycontact/emulator'
import { defineSync, runSync, verifySync } from '@anycontact/sync'
import { benchOn, clientsOn } from '../bench.js'
import { equal, holds } from '../checking.js'

/** @import { Ledger } from '@anycontact/sync' */
/** @import { Check } from '../checking.js' */

/** More than are written between two commits. */
const MANY = 150

/**
 * What a sync does, with whichever ledger.
 *
 * @param {() => Ledger} openLedger
 * @returns {Check[]}
 */
export function syncChecks(openLedger) {
  return [
    {
      name: 'a sync is stopped on the way, goes on, writes nothing when nothing changed, and agrees',
      async run() {
        const emulator = createEmulator()
        const { cognipeer, chatbotkit } = clientsOn(benchOn(emulator))
        emulator.cognipeer.seed(
          Array.from({ length: MANY }, (_, at) => ({ integrationId: `u${at}`, name: `Zoë ${at} 🦊` })),
        )
        const sync = defineSync({
          name: 'smoke',
          source: cognipeer,
          target: chatbotkit,
          by: 'externalId',
          fields: { status: 'customFields.status' },
          lost: ['tags'],
        })
        const ledger = openLedger()
        const stop = new AbortController()
        const onProgress = () => {
          if (emulator.chatbotkit.contacts.length > 0) stop.abort(new Error('stopped'))
        }
        const stopped = await runSync(sync, { ledger, signal: stop.signal, onProgress }).catch(
          (error) => error,
        )
        equal(stopped.message, 'stopped', 'the reason')
        const { length } = emulator.chatbotkit.contacts
        holds(length > 0 && length < MANY, 'it was on the way')

        const first = await runSync(sync, { ledger })
        equal([first.created, first.failed, first.resumes], [MANY, 0, 1], 'first run')
        const { writes } = emulator.audit()
        const second = await runSync(sync, { ledger })
        equal([second.unchanged, second.writes], [MANY, { source: 0, target: 0 }], 'second run')
        equal([emulator.audit().writes, emulator.audit().doubled], [writes, []], 'what was written')
        const { agrees } = await verifySync(sync, { ledger })
        equal(agrees, true, 'the certificate')
        await ledger.close()
      },
    },
  ]
}
