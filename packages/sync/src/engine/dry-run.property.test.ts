import type { Contact } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { memory } from '@anycontact/memory'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'
import { CONTACT_OUTCOMES, type ContactEvent } from './contact-event.ts'
import type { SyncReport } from './report.ts'
import { runSync } from './run-sync.ts'

type Client = ReturnType<typeof memory>

const edit = fc.record({
  side: fc.constantFrom('source', 'target'),
  kind: fc.constantFrom('put', 'put', 'clear', 'delete'),
  key: fc.nat(5).map((n) => `u${n}`),
  name: fc.constantFrom('Ann', 'Bob', 'Cid'),
})
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

async function apply(client: Client, { kind, key, name }: Edit): Promise<void> {
  if (kind === 'put') await client.upsert({ externalId: key, name }, { by: 'externalId' })
  const found = await client.find({ externalId: key })
  if (!found) return
  if (kind === 'clear') await client.update(found, { name: null })
  if (kind === 'delete') await client.delete(found)
}

async function contentOf(ledger: Ledger): Promise<unknown> {
  return {
    state: await ledger.state('dry'),
    pairs: await ledger.pairs('dry', { limit: 100 }),
    runs: await ledger.runs('dry', 10),
    generations: await ledger.generations('dry'),
    conflicts: await ledger.conflicts('dry'),
    intents: await ledger.intents('dry'),
  }
}

/** What is said of a contact that is created, without the id that it has then. */
function withoutMadeId({ sourceId, targetId, ...event }: ContactEvent): object {
  const ids = { sourceId, targetId }
  if (event.outcome === 'created') ids[`${event.side}Id`] = undefined
  return { ...event, ...ids }
}

/** How often each outcome was told. Who had to wait for a key, and then got it, has not failed after all. */
function countsOf(events: readonly ContactEvent[]): Record<string, number> {
  const counts = Object.fromEntries(CONTACT_OUTCOMES.map((outcome) => [outcome, 0]))
  const waiting = new Set<string | undefined>()
  for (const { outcome, sourceId } of events) {
    counts[outcome] = (counts[outcome] ?? 0) + 1
    if (waiting.delete(sourceId)) counts.failed = (counts.failed ?? 0) - 1
    if (outcome === 'failed' && sourceId !== undefined) waiting.add(sourceId)
  }
  return counts
}

const pickCounts = (report: SyncReport): Record<string, number> =>
  Object.fromEntries(CONTACT_OUTCOMES.map((outcome) => [outcome, report[outcome]]))

const inOrder = async (client: Client): Promise<readonly Contact[]> => await client.list().toArray()

it.each(['one-way', 'both'] as const)(
  'a dry run tells what the run then does, and writes nothing: %s',
  async (direction) => {
    const property = fc.asyncProperty(
      fc.array(edit, { maxLength: 8 }),
      fc.array(edit, { maxLength: 8 }),
      fc.constantFrom('keep', 'mirror'),
      fc.constantFrom('source', 'review'),
      async (before, after, deletions, conflicts) => {
        const clock = createTestClock({ waits: (ms) => ms < 10_000 })
        const clients = { source: memory({ clock }), target: memory({ clock }) }
        await using ledger = sqliteLedger(':memory:', { clock })
        const sync = defineSync({
          name: 'dry',
          source: clients.source,
          target: clients.target,
          by: 'externalId',
          direction,
          deletions,
          conflicts,
          maxDeletions: 1,
        })
        for (const edits of [before, after]) {
          for (const one of edits) await apply(clients[one.side], one)
          const was = [await contentOf(ledger), await inOrder(clients.source), await inOrder(clients.target)]
          const told: Record<'would' | 'did', ContactEvent[]> = { would: [], did: [] }
          const onContact = (kind: keyof typeof told) => (event: ContactEvent) => told[kind].push(event)
          const would = await runSync(sync, { ledger, clock, dryRun: true, onContact: onContact('would') })
          expect([
            await contentOf(ledger),
            await inOrder(clients.source),
            await inOrder(clients.target),
          ]).toEqual(was)
          const did = await runSync(sync, { ledger, clock, onContact: onContact('did') })
          const times = { startedAt: '', endedAt: '', dryRun: false }
          expect({ ...would, ...times }).toEqual({ ...did, ...times })
          expect(told.would.map(withoutMadeId)).toEqual(told.did.map(withoutMadeId))
          expect(countsOf(told.did)).toEqual(pickCounts(did))
        }
      },
    )
    await fc.assert(property, { numRuns: 100 })
  },
)
