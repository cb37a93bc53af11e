import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { LOST_AT_CHATBOTKIT } from '../engine/testing/lost.ts'
import { createWorld } from '../engine/testing/world.ts'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'

it('law 9: with hashes alone, nothing of a person is in the ledger, and edits are carried over all the same', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'))
  const path = join(folder, 'contacts.db')
  try {
    const { memory, chatbotkit, clock, writes } = createWorld()
    const { id } = await memory.create({
      email: 'ana.souza@example.com',
      name: 'Ana Souza',
      note: 'Prefers mornings',
      customFields: { plan: 'pro-plan' },
    })
    const sync = defineSync({
      name: 'private',
      source: memory,
      target: chatbotkit,
      by: 'email',
      keep: 'hashes',
      lost: [...LOST_AT_CHATBOTKIT, 'externalId'],
    })
    {
      await using ledger = sqliteLedger(path, { clock })
      const run = () => clock.settle(runSync(sync, { ledger, clock }))
      expect(await run()).toMatchObject({ created: 1 })
      const before = writes()
      expect(await run()).toMatchObject({ unchanged: 1, writes: { source: 0, target: 0 } })
      expect(writes()).toBe(before)
      await memory.update({ id }, { name: 'Ana S.', customFields: { plan: null } })
      expect(await run()).toMatchObject({ updated: 1 })
      const [there] = await chatbotkit.list().toArray()
      expect(there).toMatchObject({ name: 'Ana S.', email: 'ana.souza@example.com', customFields: {} })
    }
    const stored = readFileSync(path, 'latin1')
    for (const text of ['ana.souza', 'Ana S', 'mornings', 'pro-plan', 'example.com'])
      expect(stored).not.toContain(text)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
