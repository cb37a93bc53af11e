/**
 * A worker of a sync, for {@link file://./sync-workers.js}: says when it is ready, works from when it is told to, and says what it has
 * read of the clock when the run is over.
 */
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { CHATBOTKIT_SECRET, COGNIPEER_HOOK_ID, COGNIPEER_TOKEN } from '@anycontact/emulator'
import { defineSync } from '@anycontact/sync'
import { work } from '@anycontact/sync/ledger-kit'
import { postgresLedger, sharedRateLimit } from '@anycontact/sync-bullmq'

const { url, connectionString, limit } = JSON.parse(process.argv[2] ?? '{}')
const shared = limit ? sharedRateLimit({ connectionString, name: 'bench', ...limit }) : undefined
const rateLimit = shared && { rateLimit: shared }
const sync = defineSync({
  name: 'bench',
  source: cognipeer({ token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID, baseUrl: `${url}/v1` }),
  target: chatbotkit({ secret: CHATBOTKIT_SECRET, baseUrl: url, ...rateLimit }),
  by: 'externalId',
  fields: { status: 'customFields.status' },
  lost: ['tags'],
})
const ledger = postgresLedger({ connectionString })
await ledger.state('bench')
console.log('ready')
await new Promise((resolve) => process.stdin.once('data', resolve))
const report = await work(sync, { ledger, start: true, pollMs: 20 })
console.log(
  JSON.stringify({ endedAt: Date.now(), created: report?.created ?? 0, failed: report?.failed ?? 0 }),
)
process.exit()
