import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { emptyClient } from '../project/testing/clients.ts'
import { runSync } from './run-sync.ts'
import { createWorld } from './testing/world.ts'

it.each(['one-way', 'both'] as const)(
  'what is gone from both sides is no deletion that has to be asked about: %s',
  async (direction) => {
    const { ledger, clock } = createWorld()
    const [source, target] = [emptyClient('memory'), emptyClient('memory')]
    const sync = defineSync({ name: 'x', source, target, by: 'externalId', deletions: 'mirror', direction })
    const keys = Array.from({ length: 10 }, (_, at) => `k${at}`)
    for (const externalId of keys) await source.create?.({ externalId })
    await runSync(sync, { ledger, clock })
    const drop = async (client: typeof source, some: readonly string[]): Promise<void> => {
      for (const contact of await client.list().toArray()) {
        if (some.includes(contact.externalId ?? '')) await client.delete?.({ id: contact.id })
      }
    }

    await drop(source, keys.slice(0, 5))
    await drop(target, keys.slice(0, 5))
    expect(await runSync(sync, { ledger, clock })).toMatchObject({
      deleted: 0,
      writes: { source: 0, target: 0 },
    })

    await drop(source, keys.slice(5, 7))
    await expect(runSync(sync, { ledger, clock })).rejects.toMatchObject({
      reason: 'too_many_deletions',
      deletions: { count: 2, of: 5 },
    })
    expect(await target.list().toArray()).toHaveLength(5)
    expect(await runSync(sync, { ledger, clock, maxDeletions: 0.4 })).toMatchObject({ deleted: 2 })
  },
)
