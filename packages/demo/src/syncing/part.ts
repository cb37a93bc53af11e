import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import {
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  createEmulator,
  type Emulator,
} from '@anycontact/emulator'
import type { Progress } from './attempt.ts'
import { chooseChanged, makePeople } from './people.ts'
import { CHANGE, runSyncing, type SyncingReport } from './run.ts'

/** What is synced, and what the vendors' stores and the ledger were like in the end. */
export interface SyncingPart extends SyncingReport {
  /** How many contacts the source has, and how many of them have tags. */
  readonly source: { readonly contacts: number; readonly tagged: number }
  readonly target: {
    readonly contacts: number
    /** How many of the source's external ids are at the target. */
    readonly found: number
    /** How many contacts show what was changed between the runs. */
    readonly changed: number
    /** How many writes were doubled. */
    readonly doubled: number
  }
  readonly ledgerBytes: number
}

/** How large the part is. */
export interface SyncingSize {
  readonly contacts: number
  /** The program is killed when the target has so many; once for each. */
  readonly killAt: readonly number[]
  /** The share of the contacts that is changed between the two runs. */
  readonly changedShare: number
}

/** What the demo syncs. */
export const DEMO_SIZE: SyncingSize = { contacts: 5_000, killAt: [1_600, 3_300], changedShare: 0.01 }

/**
 * Serves emulators of its own, fills one, and syncs it to the other.
 *
 * @param execArgv - what Node is told besides, when the program that syncs is started
 */
export async function runSyncingPart(
  { contacts, killAt, changedShare }: SyncingSize,
  { now, onProgress, execArgv }: PartOptions,
): Promise<SyncingPart> {
  const emulator = createEmulator()
  const people = makePeople(contacts)
  emulator.cognipeer.seed(people)
  const folder = await mkdtemp(join(tmpdir(), 'anycontact-demo-sync-'))
  const server = await emulator.listen()
  try {
    const ledger = join(folder, 'ledger.db')
    const report = await runSyncing({
      start: { url: server.url, ledger, execArgv },
      source: cognipeer({
        token: COGNIPEER_TOKEN,
        hookId: COGNIPEER_HOOK_ID,
        baseUrl: `${server.url}/v1`,
        uniqueKeys: ['externalId'],
      }),
      target: {
        count: () => emulator.chatbotkit.contacts.length,
        requests: () => emulator.chatbotkit.requests.length,
      },
      killAt,
      changed: chooseChanged(people, changedShare),
      now,
      onProgress,
    })
    const tagged = people.filter(({ tags }) => Array.isArray(tags) && tags.length > 0).length
    const { size } = await stat(ledger)
    return {
      ...report,
      source: { contacts, tagged },
      target: await targetOf(
        emulator,
        people.map(({ integrationId }) => integrationId),
      ),
      ledgerBytes: size,
    }
  } finally {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  }
}

interface PartOptions {
  /** The time in milliseconds, from any beginning. */
  readonly now: () => number
  readonly onProgress: (progress: Progress) => void
  readonly execArgv?: readonly string[]
}

async function targetOf(
  { chatbotkit: vendor, audit }: Emulator,
  wanted: readonly unknown[],
): Promise<SyncingPart['target']> {
  const stored = await chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: vendor.fetch }).list().toArray()
  const ids = new Set<unknown>(stored.map(({ externalId }) => externalId))
  return {
    contacts: stored.length,
    found: wanted.filter((id) => ids.has(id)).length,
    changed: stored.filter(({ customFields }) => customFields.plan === CHANGE.customFields.plan).length,
    doubled: audit().doubled.length,
  }
}
