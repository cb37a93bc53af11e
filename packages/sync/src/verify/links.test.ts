import { channelInbox } from '@anycontact/channel-inbox'
import { CHANNEL_INBOX_API_KEY } from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import { verifySync } from './verify-sync.ts'

describe('verifySync, by what the ledger knows', () => {
  it('pairs contacts that are linked, although their keys differ or have gone', async () => {
    const { ledger, clock } = createWorld()
    const [source, target] = [memory({ clock }), memory({ clock })]
    const people = ['ann', 'bob', 'cid', 'dan']
    await source.createMany(people.map((name) => ({ name, email: `${name}@example.com` })))
    const sync = defineSync({
      name: 'both',
      source,
      target,
      by: 'email',
      direction: 'both',
      lost: ['externalId'],
    })
    await runSync(sync, { ledger, clock })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      agrees: true,
      pairs: { byKey: 4, byLink: 0 },
    })

    const ann = await target.find({ email: 'ann@example.com' })
    await target.update(ann ?? '', { email: 'ann@example.org' })
    const bob = await target.find({ email: 'bob@example.com' })
    await target.update(bob ?? '', { email: null })
    const certificate = await verifySync(sync, { ledger, clock })
    expect(certificate).toMatchObject({
      agrees: false,
      sides: { source: { paired: 2, only: 2, keyless: 0 }, target: { paired: 2, only: 1, keyless: 1 } },
      pairs: { byKey: 2, byLink: 2, equal: 2, differing: 2 },
      differences: { total: 2, kinds: { values: 2, source_only: 0, target_only: 0, keyless: 0 } },
    })
    const fields = certificate.differences.first.map((one) => one.fields?.map(({ field }) => field))
    expect(fields).toEqual([['contactMethods'], ['contactMethods']])
  })

  it('tells what waits for somebody to decide', async () => {
    const { ledger, clock } = createWorld()
    const [source, target] = [memory({ clock }), memory({ clock })]
    await source.createMany([
      { externalId: '1', name: 'Ann' },
      { externalId: '2', name: 'Bob' },
    ])
    const sync = defineSync({
      name: 'both',
      source,
      target,
      by: 'externalId',
      direction: 'both',
      conflicts: 'review',
    })
    await runSync(sync, { ledger, clock })
    await source.update((await source.find({ externalId: '1' })) ?? '', { name: 'Anna' })
    await target.update((await target.find({ externalId: '1' })) ?? '', { name: 'Anne' })
    await runSync(sync, { ledger, clock })
    const certificate = await verifySync(sync, { ledger, clock })
    expect(certificate).toMatchObject({
      agrees: false,
      differences: { total: 1, known: { inReview: 1 }, first: [{ kind: 'values', known: 'in_review' }] },
    })
    expect(certificate.survival.find(({ field }) => field === 'name')).toMatchObject({
      same: 1,
      inReview: 1,
      differs: 0,
    })
  })

  it('says why a contact failed', async () => {
    const { ledger, clock } = createWorld()
    const [source, target] = [memory({ clock }), memory({ clock })]
    await source.createMany([{ name: 'No key' }, { name: 'Ann', email: 'ann@example.com' }])
    const sync = defineSync({ name: 'one', source, target, by: 'email', lost: ['externalId'] })
    await runSync(sync, { ledger, clock })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      agrees: false,
      sides: { source: { keyless: 1, paired: 1 } },
      differences: {
        total: 1,
        known: { skipped: 1 },
        first: [{ kind: 'keyless', known: 'skipped', code: 'no_key' }],
      },
    })
  })

  it('goes both ways: what only the target has is missing at the source, unless it was deleted there and is kept', async () => {
    const { ledger, clock } = createWorld()
    const [source, target] = [memory({ clock }), memory({ clock })]
    await source.createMany([
      { externalId: '1', name: 'Ann' },
      { externalId: '2', name: 'Bob' },
    ])
    const sync = defineSync({ name: 'both', source, target, by: 'externalId', direction: 'both' })
    await runSync(sync, { ledger, clock })
    await source.delete((await source.find({ externalId: '1' })) ?? '')
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      agrees: false,
      differences: { kinds: { target_only: 1 } },
    })
    await runSync(sync, { ledger, clock })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      agrees: true,
      differences: { total: 0, left: { target: 1 } },
    })
    await target.create({ externalId: '3', name: 'Cid' })
    expect(await verifySync(sync, { ledger, clock })).toMatchObject({
      differences: { total: 1, kinds: { target_only: 1 } },
    })
  })

  it('reads a side that numbers its pages, which is whole where nobody edits meanwhile', async () => {
    const { ledger, clock, emulator, cognipeer } = createWorld()
    const inbox = channelInbox({
      apiKey: CHANNEL_INBOX_API_KEY,
      fetch: emulator.channelInbox.fetch,
      clock,
      random: () => 0.5,
    })
    await cognipeer.createMany(
      Array.from({ length: 120 }, (_, at) => ({
        externalId: `u${at}`,
        name: `Name ${at}`,
        email: `u${at}@example.com`,
      })),
    )
    const sync = defineSync({
      name: 'numbered',
      source: cognipeer,
      target: inbox,
      by: 'email',
      lost: ['externalId', 'status', 'tags', 'customFields'],
    })
    await runSync(sync, { ledger, clock })
    const certificate = await verifySync(sync, { ledger, clock })
    const said = await inbox.list().toArray()
    expect(said).toHaveLength(certificate.sides.target.contacts)
    expect(certificate).toMatchObject({
      proved: true,
      agrees: true,
      sides: { source: { paired: 120, complete: true }, target: { paired: 120, complete: true } },
    })
  })
})
