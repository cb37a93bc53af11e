import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import { listConflicts, resolveConflict } from './conflicts.ts'
import { forgetContact } from './forget.ts'
import { listProblems } from './problems.ts'

async function all<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

/** Two sides that have met in one contact, and then were both changed. */
async function inConflict() {
  const world = createWorld()
  const { cognipeer, chatbotkit, ledger, clock } = world
  const sync = defineSync({
    name: 'both',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    direction: 'both',
    lost: ['tags', 'status'],
  })
  const run = () => runSync(sync, { ledger, clock })
  const { id } = await cognipeer.create({ externalId: 'ana', name: 'Ana', email: 'ana@example.com' })
  await run()
  const [there] = await chatbotkit.list().toArray()
  const targetId = there?.id ?? ''
  await cognipeer.update({ id }, { name: 'Ana Souza' })
  await chatbotkit.update({ id: targetId }, { name: 'Anna' })
  expect(await run()).toMatchObject({ conflicts: 1 })
  const names = async () => [
    (await cognipeer.get({ id })).name,
    (await chatbotkit.get({ id: targetId })).name,
  ]
  return { ...world, sync, run, names, id, targetId }
}

describe('conflicts', () => {
  it('are listed, with what each side has and what both had', async () => {
    const { sync, ledger, names } = await inConflict()
    const [conflict, ...others] = await all(listConflicts(sync, { ledger }))
    expect(others).toEqual([])
    expect(conflict).toEqual({
      id: expect.any(String),
      key: 'ana',
      field: 'name',
      source: 'Ana Souza',
      target: 'Anna',
      base: 'Ana',
      foundAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
    expect(await names()).toEqual(['Ana Souza', 'Anna'])
  })

  it.each([
    ['source', 'Ana Souza'],
    ['target', 'Anna'],
    [{ value: 'A. Souza' }, 'A. Souza'],
  ] as const)('are decided for %o, which the next run carries out', async (decision, name) => {
    const { sync, ledger, run, names } = await inConflict()
    for await (const { id } of listConflicts(sync, { ledger })) {
      await resolveConflict(sync, { ledger, conflict: id, decision })
    }
    expect(await all(listConflicts(sync, { ledger }))).toMatchObject([{ decision }])
    expect(await run()).toMatchObject({ conflicts: 0 })
    expect(await names()).toEqual([name, name])
    expect(await all(listConflicts(sync, { ledger }))).toEqual([])
  })

  it('wait again when a decision is taken back', async () => {
    const { sync, ledger, run, names } = await inConflict()
    const [{ id: conflict } = { id: '' }] = await all(listConflicts(sync, { ledger }))
    await resolveConflict(sync, { ledger, conflict, decision: 'source' })
    await resolveConflict(sync, { ledger, conflict, decision: undefined })
    expect(await run()).toMatchObject({ conflicts: 1 })
    expect(await names()).toEqual(['Ana Souza', 'Anna'])
  })

  it('wait again when a side has changed since they were decided', async () => {
    const { sync, ledger, run, names, cognipeer, id } = await inConflict()
    const [{ id: conflict } = { id: '' }] = await all(listConflicts(sync, { ledger }))
    await resolveConflict(sync, { ledger, conflict, decision: 'target' })
    await cognipeer.update({ id }, { name: 'Ana Maria' })
    expect(await run()).toMatchObject({ conflicts: 1 })
    expect(await names()).toEqual(['Ana Maria', 'Anna'])
    expect(await all(listConflicts(sync, { ledger }))).toMatchObject([{ source: 'Ana Maria' }])
  })

  it('that are not there, and what is no decision, are refused', async () => {
    const { sync, ledger } = await inConflict()
    const decide = (conflict: string, decision: unknown) =>
      resolveConflict(sync, { ledger, conflict, decision: decision as 'source' })
    await expect(decide('other', 'source')).rejects.toMatchObject({ code: 'not_found' })
    for (const wrong of ['newest', null, {}, { value: undefined }, { value: 1, other: 2 }])
      await expect(decide('other', wrong)).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('problems', () => {
  it('are listed with what to do, and go when the contact is well', async () => {
    const { cognipeer, chatbotkit, ledger, clock } = createWorld()
    const sync = defineSync({
      name: 'p',
      source: cognipeer,
      target: chatbotkit,
      by: 'externalId',
      lost: ['tags', 'status'],
    })
    const { id } = await cognipeer.create({ externalId: 'bad', phone: '+15550100' })
    await cognipeer.create({ externalId: 'good', name: 'Ana' })
    expect(await runSync(sync, { ledger, clock })).toMatchObject({ created: 1, failed: 1 })
    expect(await all(listProblems(sync, { ledger }))).toEqual([
      {
        kind: 'failed',
        code: 'invalid_input',
        message: expect.stringMatching(/phone/),
        key: 'bad',
        sourceId: id,
      },
    ])
    await cognipeer.update({ id }, { phone: '+14155552671' })
    expect(await runSync(sync, { ledger, clock })).toMatchObject({ created: 1, failed: 0 })
    expect(await all(listProblems(sync, { ledger }))).toEqual([])
  })

  it('and conflicts of a sync that has never run are none, and looking does not make it known', async () => {
    const { cognipeer, chatbotkit, ledger } = createWorld()
    const sync = defineSync({
      name: 'new',
      source: cognipeer,
      target: chatbotkit,
      by: 'externalId',
      lost: ['tags', 'status'],
    })
    expect(await all(listProblems(sync, { ledger }))).toEqual([])
    expect(await all(listConflicts(sync, { ledger }))).toEqual([])
    const decision = resolveConflict(sync, { ledger, conflict: '1:name', decision: 'source' })
    await expect(decision).rejects.toMatchObject({ code: 'not_found' })
    expect(await ledger.state('new')).toBeUndefined()
  })
})

describe('a contact that is forgotten', () => {
  it('leaves nothing in the ledger, and is found anew while it is there', async () => {
    const { sync, ledger, run } = await inConflict()
    expect(await forgetContact(ledger, { externalId: 'somebody else' })).toBe(0)
    expect(await forgetContact(ledger, { externalId: 'ana' })).toBe(1)
    expect(await ledger.pairs('both', { limit: 10 })).toEqual([])
    expect(await all(listConflicts(sync, { ledger }))).toEqual([])
    // As two that have just met: what both had agreed on is not known any more.
    expect(await run()).toMatchObject({ created: 0, conflicts: 1 })
  })

  it('is known by its key however that is spelled', async () => {
    const { cognipeer, memory, ledger, clock } = createWorld()
    const sync = defineSync({ name: 'by email', source: cognipeer, target: memory, by: 'email' })
    await cognipeer.create({ email: 'Ana@Example.com' })
    await runSync(sync, { ledger, clock })
    expect(await forgetContact(ledger, { email: 'ana@example.COM' })).toBe(1)
  })

  it('is named by one field that contacts are known by', async () => {
    const { ledger } = createWorld()
    for (const wrong of [{}, { name: 'Ana' }, { id: 1 }, { id: 'a', email: 'b' }])
      await expect(forgetContact(ledger, wrong as { id: string })).rejects.toMatchObject({
        code: 'invalid_input',
      })
  })
})
