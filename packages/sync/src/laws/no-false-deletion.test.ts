import type { FetchFunction } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'

type Change = (body: { readonly data: unknown[]; readonly page: number }) => void

/** Changes the answers of a provider's listing. */
function listing(change: { current: Change | undefined }) {
  return (send: FetchFunction): FetchFunction =>
    async (input, init) => {
      const answer = await send(input, init)
      if (!change.current || !String(input).includes('/sdk/contact/list')) return answer
      const body = await answer.json()
      change.current(body)
      return new Response(JSON.stringify(body), { status: answer.status, headers: answer.headers })
    }
}

async function mirrored(count: number) {
  const change: { current: Change | undefined } = { current: undefined }
  const world = createWorld({ between: listing(change) })
  const { cognipeer, chatbotkit, ledger, clock } = world
  await cognipeer.createMany(
    Array.from({ length: count }, (_, at) => ({ externalId: `u${at}`, name: `N${at}` })),
  )
  const sync = defineSync({
    name: 'mirror',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    lost: ['tags', 'status'],
    deletions: 'mirror',
  })
  const run = (options = {}) => clock.settle(runSync(sync, { ledger, clock, ...options }))
  await run()
  return { ...world, change, run, left: async () => (await chatbotkit.list().toArray()).length }
}

describe('law 3: nothing is deleted by mistake', () => {
  it('a listing that ends before its own total deletes nothing', async () => {
    const { change, run, left } = await mirrored(40)
    // The first page is short, and those that follow are empty.
    change.current = ({ data, page }) => void data.splice(page === 1 ? 20 : 0)
    const report = await run({ maxDeletions: 1 })
    expect(report).toMatchObject({ deleted: 0, complete: false, read: { source: 20 } })
    change.current = undefined
    expect(await left()).toBe(40)
  })

  it('more than a tenth stops the run and asks; whoever allows it gets it', async () => {
    const { emulator, run, left } = await mirrored(20)
    const records = emulator.cognipeer.contacts.slice(0, 3)
    for (const { _id } of records) emulator.cognipeer.softDelete(_id)
    await expect(run()).rejects.toMatchObject({
      reason: 'too_many_deletions',
      deletions: { count: 3, of: 20 },
    })
    expect(await left()).toBe(20)
    expect(await run({ maxDeletions: 0.15 })).toMatchObject({ deleted: 3 })
    expect(await left()).toBe(17)
  })
})
