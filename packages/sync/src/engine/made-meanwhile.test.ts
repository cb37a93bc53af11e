import { memory as memoryProvider } from '@anycontact/memory'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from './run-sync.ts'
import { createWorld } from './testing/world.ts'

it('a contact that somebody makes at the target while a run is stopped is merged, and not written over', async () => {
  const { memory, ledger, clock } = createWorld()
  const target = memoryProvider({ clock })
  await memory.createMany([
    { email: 'first@example.com', name: 'First' },
    { email: 'ana@example.com', name: 'Ana', note: 'from the source' },
  ])
  const sync = defineSync({
    name: 'meanwhile',
    source: memory,
    target,
    by: 'email',
    direction: 'both',
    conflicts: 'target',
  })
  const stop = new Error('killed')
  const onProgress = ({
    phase,
    read,
  }: {
    readonly phase: string
    readonly read: { readonly source: number }
  }) => {
    if (phase === 'source' && read.source === 0) throw stop
  }
  await expect(clock.settle(runSync(sync, { ledger, clock, onProgress }))).rejects.toBe(stop)
  await target.create({ email: 'ana@example.com', name: 'Ana Souza', nickname: 'Aninha' })
  expect(await clock.settle(runSync(sync, { ledger, clock }))).toMatchObject({ resumes: 1, failed: 0 })
  const wanted = { name: 'Ana Souza', nickname: 'Aninha', note: 'from the source' }
  for (const side of [memory, target]) {
    const [there, another] = await side.list({ where: { email: 'ana@example.com' } }).toArray()
    expect(there).toMatchObject(wanted)
    expect(another).toBeUndefined()
  }
  expect(await clock.settle(runSync(sync, { ledger, clock }))).toMatchObject({
    unchanged: 2,
    writes: { source: 0, target: 0 },
  })
})
