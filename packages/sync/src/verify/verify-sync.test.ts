import type { ContactInput } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { defineSync, planOf } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import type { FieldSurvival, SyncCertificate } from './certificate.ts'
import { type VerifyOptions, verifySync } from './verify-sync.ts'

const COUNT = 40

/** Two sides in step. */
async function inStep({ first = {}, ...definition }: { first?: ContactInput; keep?: 'hashes' } = {}) {
  const world = createWorld()
  const { cognipeer, chatbotkit, ledger, clock } = world
  await cognipeer.createMany(
    Array.from({ length: COUNT }, (_, at) => ({
      externalId: `u${at}`,
      name: `Name ${at}`,
      email: `U${at}@example.com`,
      ...(at % 2 === 0 && { phone: `+1415555${1000 + at}` }),
      tags: ['a'],
      customFields: { plan: 'pro' },
      ...(at === 0 && first),
    })),
  )
  const sync = defineSync({
    name: 'nightly',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    fields: { status: 'customFields.status' },
    lost: ['tags'],
    ...definition,
  })
  await runSync(sync, { ledger, clock, random: () => 0.5 })
  const target = new Map((await chatbotkit.list().toArray()).map((one) => [one.externalId, one]))
  const idOf = (key: string): string => target.get(key)?.id ?? ''
  const verify = (options: Partial<VerifyOptions> = {}) => verifySync(sync, { ledger, clock, ...options })
  return { ...world, sync, idOf, verify }
}

const fieldOf = ({ survival }: SyncCertificate, name: string): FieldSurvival | undefined =>
  survival.find(({ field }) => field === name)

describe('verifySync', () => {
  it('proves that two sides agree, writing nothing', async () => {
    const { writes, verify } = await inStep()
    const before = writes()
    const certificate = await verify()
    expect(writes()).toBe(before)
    expect(certificate).toMatchObject({
      sync: 'nightly',
      proved: true,
      unproved: [],
      agrees: true,
      sides: {
        source: { provider: 'cognipeer', complete: true, contacts: COUNT, paired: COUNT, only: 0 },
        target: { provider: 'chatbotkit', complete: true, contacts: COUNT, paired: COUNT, only: 0 },
      },
      pairs: { byKey: COUNT, byLink: 0, equal: COUNT, spelled: 0, differing: 0, unequal: 0 },
      differences: { total: 0, first: [] },
    })
    expect(fieldOf(certificate, 'name')).toMatchObject({ values: COUNT, same: COUNT })
    expect(fieldOf(certificate, 'phone')).toMatchObject({ values: COUNT / 2, same: COUNT / 2 })
    expect(fieldOf(certificate, 'customFields.plan')).toMatchObject({ values: COUNT, same: COUNT })
    expect(fieldOf(certificate, 'tags')).toMatchObject({ values: COUNT, lost: COUNT, same: 0 })
  })

  it('names the field that differs, and its values only where they are asked for', async () => {
    const { chatbotkit, idOf, verify } = await inStep()
    await chatbotkit.update({ id: idOf('u3') }, { name: 'Somebody else' })
    const certificate = await verify()
    expect(certificate).toMatchObject({
      proved: true,
      agrees: false,
      pairs: { equal: COUNT - 1, differing: 1, unequal: 1 },
      differences: { total: 1, kinds: { values: 1 } },
    })
    expect(certificate.differences.first).toEqual([
      { kind: 'values', source: expect.any(String), target: idOf('u3'), fields: [{ field: 'name' }] },
    ])
    expect(fieldOf(certificate, 'name')).toMatchObject({ values: COUNT, same: COUNT - 1, differs: 1 })
    expect(JSON.stringify(certificate)).not.toMatch(/Somebody else|Name 3|example\.com|"u3"/)
    const { differences } = await verify({ values: true })
    expect(differences.first[0]?.fields).toEqual([
      { field: 'name', source: 'Name 3', target: 'Somebody else' },
    ])
  })

  it('tells what is cleared, and what is there that ought not to be', async () => {
    const { chatbotkit, idOf, verify } = await inStep()
    await chatbotkit.update({ id: idOf('u4') }, { phone: null })
    await chatbotkit.update({ id: idOf('u5') }, { phone: '+351912000001' })
    const certificate = await verify()
    expect(certificate.differences).toMatchObject({ total: 2, kinds: { values: 2 } })
    expect(fieldOf(certificate, 'phone')).toMatchObject({ values: 20, same: 19, absent: 1, extra: 1 })
  })

  it('leaves alone what the target has of its own, but not what the source has given up', async () => {
    const { cognipeer, chatbotkit, idOf, verify } = await inStep()
    await chatbotkit.update({ id: idOf('u6') }, { customFields: { score: 7 } })
    expect(await verify()).toMatchObject({ agrees: true, pairs: { equal: COUNT, unequal: 0 } })
    const u7 = await cognipeer.find({ externalId: 'u7' })
    await cognipeer.update(u7 ?? '', { customFields: { plan: null } })
    const certificate = await verify()
    expect(certificate).toMatchObject({ agrees: false, differences: { total: 1 } })
    expect(fieldOf(certificate, 'customFields.plan')).toMatchObject({ values: COUNT - 1, extra: 1 })
  })

  it('names a contact that is missing, and not those that only the target has', async () => {
    const { chatbotkit, idOf, verify } = await inStep()
    await chatbotkit.delete({ id: idOf('u1') })
    await chatbotkit.create({ externalId: 'other', name: 'Other' })
    const certificate = await verify()
    expect(certificate).toMatchObject({
      agrees: false,
      sides: { source: { only: 1, paired: COUNT - 1 }, target: { only: 1, contacts: COUNT } },
      differences: { total: 1, kinds: { source_only: 1, target_only: 0 }, left: { source: 0, target: 1 } },
    })
    expect(fieldOf(certificate, 'name')).toMatchObject({ values: COUNT, same: COUNT - 1, unpaired: 1 })
  })

  it('names contacts without a key, and those that share one', async () => {
    const { cognipeer, ledger, clock } = createWorld()
    await cognipeer.createMany([
      { externalId: '1', name: 'Ann', email: 'ann@example.com' },
      { externalId: '2', name: 'Ann B', email: 'Ann@Example.com' },
      { externalId: '3', name: 'Bob' },
    ])
    const sync = defineSync({
      name: 'by-email',
      source: cognipeer,
      // Another client of the same account.
      target: { ...cognipeer },
      by: 'email',
      lost: ['externalId'],
    })
    const certificate = await verifySync(sync, { ledger, clock })
    expect(certificate).toMatchObject({
      agrees: false,
      sides: { source: { contacts: 3, keyless: 1, repeated: 1, paired: 1, only: 0 } },
      pairs: { byKey: 1, byLink: 0, equal: 1 },
      differences: { total: 3, kinds: { keyless: 1, repeated: 2, source_only: 0 }, left: { target: 1 } },
    })
  })

  it('counts a provider’s own spelling apart, and takes it for the same', async () => {
    const { chatbotkit, idOf, verify } = await inStep({ first: { phone: '(415) 555-2671' } })
    const certificate = await verify()
    expect(certificate).toMatchObject({
      agrees: true,
      pairs: { equal: COUNT - 1, spelled: 1, differing: 0, unequal: 1 },
    })
    expect(fieldOf(certificate, 'phone')).toMatchObject({ values: 20, same: 19, spelled: 1, differs: 0 })
    await chatbotkit.update({ id: idOf('u0') }, { phone: '+14155552672' })
    expect(fieldOf(await verify(), 'phone')).toMatchObject({ same: 19, spelled: 0, differs: 1 })
  })

  it('knows a spelling by hashes alone', async () => {
    const { verify, chatbotkit, idOf } = await inStep({ first: { phone: '(415) 555-2671' }, keep: 'hashes' })
    expect(await verify()).toMatchObject({ agrees: true, pairs: { spelled: 1, unequal: 1 } })
    await chatbotkit.update({ id: idOf('u0') }, { phone: '+14155552672' })
    expect(await verify()).toMatchObject({ agrees: false, pairs: { spelled: 0, differing: 1 } })
  })

  it('takes no text that was cut short for a spelling, although the ledger knows of it', async () => {
    const { ledger, clock } = createWorld()
    const [source, target] = [memory({ clock }), memory({ clock })]
    await source.create({ externalId: '1', note: 'A long note.' })
    const sync = defineSync({ name: 'cut', source, target, by: 'externalId' })
    await runSync(sync, { ledger, clock })
    const [pair] = await ledger.pairs('cut', { limit: 1 })
    const claim = await ledger.claim('cut', { task: 'run', holder: 'test', leaseMs: 1000 })
    if (!pair?.target || !('fence' in claim)) throw new Error('It is linked, and nobody is at work.')
    const base = { hash: 'other', values: { note: 'A long' } }
    await ledger.commit(claim, [{ type: 'pair', pair: { ...pair, target: { ...pair.target, base } } }])
    await ledger.release(claim)
    const stored = await target.find({ externalId: '1' })
    await target.update(stored ?? '', { note: 'A long' })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      agrees: false,
      pairs: { spelled: 0, differing: 1 },
    })
    await target.update(stored ?? '', { note: 'A longish text' })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({ agrees: false, pairs: { spelled: 0 } })
  })

  it('proves nothing by a listing that may lack contacts', async () => {
    const { sync, ledger, clock } = await inStep()
    const plan = planOf(sync)
    const first = await plan.target.list({ pageSize: 10 })
    const partial = defineSync({
      name: 'nightly',
      source: plan.source,
      // As one that had to go on from a cursor, which cannot tell whether everybody came.
      target: {
        ...plan.target,
        list: (query: object) => plan.target.list({ ...query, cursor: first.nextCursor }),
      },
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: ['tags'],
    })
    const certificate = await verifySync(partial, { ledger, clock })
    expect(certificate).toMatchObject({
      proved: false,
      agrees: false,
      sides: { target: { complete: false } },
    })
    expect(certificate.unproved).toEqual([expect.stringContaining('target (chatbotkit)')])
  })

  it('proves nothing while a run is at work', async () => {
    const { ledger, verify } = await inStep()
    await ledger.claim('nightly', { task: 'run', holder: 'another', leaseMs: 60_000 })
    expect(await verify()).toMatchObject({ proved: false, agrees: false, differences: { total: 0 } })
  })

  it('refuses a ledger that knows the sync by another definition', async () => {
    const { verify, sync, ledger, clock } = await inStep()
    await verify()
    const { source, target } = planOf(sync)
    const other = defineSync({ name: 'nightly', source, target, by: 'externalId', lost: ['tags', 'status'] })
    await expect(verifySync(other, { ledger, clock })).rejects.toMatchObject({
      reason: 'changed_definition',
      changed: ['fields.status', 'lost'],
    })
  })

  it('can be stopped', async () => {
    const { verify } = await inStep()
    const stop = new AbortController()
    const onProgress = () => stop.abort(new Error('enough'))
    await expect(verify({ signal: stop.signal, onProgress })).rejects.toThrow('enough')
  })
})
