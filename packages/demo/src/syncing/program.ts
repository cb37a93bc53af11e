/**
 * The sync of the demo, a program of its own: killed at any moment and started again, it goes on where it was.
 *
 *     node program.ts <address of the emulator> <file of the ledger>
 */
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { defineSync, runSync, sqliteLedger } from '@anycontact/sync'
import type { Message } from './message.ts'

/** A request to the emulator takes milliseconds; what it has not answered by then was lost with its sender. */
const TIMEOUT_MS = 1_000

const [url = '', file = ''] = process.argv.slice(2)

const sync = defineSync({
  name: 'cognipeer-to-chatbotkit',
  source: cognipeer({
    token: COGNIPEER_TOKEN,
    hookId: COGNIPEER_HOOK_ID,
    baseUrl: `${url}/v1`,
    timeoutMs: TIMEOUT_MS,
  }),
  target: chatbotkit({ secret: CHATBOTKIT_SECRET, baseUrl: url, timeoutMs: TIMEOUT_MS }),
  by: 'externalId',
  fields: { status: 'customFields.status' },
  lost: ['tags'],
})

await using ledger = sqliteLedger(file)
const report = await runSync(sync, {
  ledger,
  settleMs: 2 * TIMEOUT_MS,
  onProgress({ read, total }) {
    if (total.source !== undefined) tell({ type: 'progress', done: read.source, total: total.source })
  },
})
const { created, updated, unchanged, deleted, skipped, failed, resumes, writes, lost } = report
tell({
  type: 'end',
  counts: {
    created,
    updated,
    unchanged,
    deleted,
    skipped,
    failed,
    resumes,
    writes: writes.target,
    lost: lost.tags ?? 0,
  },
})
process.disconnect?.()

function tell(message: Message): void {
  process.send?.(message)
}
