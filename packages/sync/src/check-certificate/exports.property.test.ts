import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contact, ContactInput } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import { memory } from '@anycontact/memory'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { sqliteLedger } from '../ledger/sqlite/sqlite-ledger.ts'
import { verifySync } from '../verify/verify-sync.ts'
import { runCheck } from './cli.ts'

type Client = ReturnType<typeof memory>

const input: fc.Arbitrary<ContactInput> = fc.record(
  {
    email: fc.constantFrom(
      'a@example.com',
      'A@Example.com',
      'b@example.com',
      'c@example.com',
      'd@example.com',
    ),
    name: fc.constantFrom('Ann', 'Bob'),
    phone: fc.constantFrom('+1 415 555 2671', '+14155552671', '+351912000001'),
    tags: fc.constantFrom(['a', 'b'], ['b', 'a'], []),
    verifiedAt: fc.constantFrom('2026-01-31T09:00:00Z', '2026-01-31T10:00:00+01:00'),
    customFields: fc.constantFrom(
      { plan: 'pro' },
      { plan: 'free', score: 7 },
      { nested: { b: [1, 'x'], a: null } },
    ),
  },
  { requiredKeys: [], noNullPrototype: true },
)

const edit = fc.record({
  side: fc.constantFrom('source', 'target'),
  kind: fc.constantFrom('create', 'create', 'update', 'delete', 'clear'),
  at: fc.nat(5),
  input,
})
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

async function apply(client: Client, { kind, at, input }: Edit): Promise<void> {
  const contacts = await client.list().toArray()
  const contact = contacts[at % Math.max(1, contacts.length)]
  if (kind === 'create') await client.create(input)
  else if (contact && kind === 'update') await client.update(contact, input)
  else if (contact && kind === 'clear') await client.update(contact, { email: null, name: null })
  else if (contact) await client.delete(contact)
}

/** What is the same, by the simplest comparison there is. */
function isSame(one: Contact, other: Contact): boolean {
  const said = ({ email, name, phone, tags, verifiedAt, customFields }: Contact): unknown => [
    email?.toLowerCase(),
    name,
    phone?.replaceAll(/\D/g, ''),
    [...(tags ?? [])].sort(),
    verifiedAt && Date.parse(verifiedAt),
    Object.entries(customFields).sort(),
  ]
  return JSON.stringify(said(one)) === JSON.stringify(said(other))
}

it('a certificate of any two sides holds, and is right about whether they agree', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'exports-'))
  const written = async (name: string, lines: readonly object[]): Promise<string> => {
    await writeFile(join(folder, name), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    return join(folder, name)
  }
  let agreed = 0
  const property = fc.asyncProperty(
    fc.array(edit, { maxLength: 10 }),
    fc.array(edit, { maxLength: 3 }),
    fc.constantFrom('one-way', 'both'),
    async (before, after, direction) => {
      const clock = createTestClock({ waits: (ms) => ms < 10_000 })
      const clients = { source: memory({ clock }), target: memory({ clock }) }
      await using ledger = sqliteLedger(':memory:', { clock })
      const sync = defineSync({ ...clients, name: 'any', by: 'email', direction, lost: ['externalId'] })
      for (const one of before) await apply(clients[one.side], one)
      await runSync(sync, { ledger, clock })
      for (const one of after) await apply(clients[one.side], one)

      const certificate = await verifySync(sync, { ledger, clock })
      const [source, target] = [await clients.source.list().toArray(), await clients.target.list().toArray()]
      let text = ''
      const args = [
        await written('certificate', [certificate]),
        '--source',
        await written('source', source),
        '--target',
        await written('target', target),
      ]
      const output = (part: string): void => {
        text += part
      }
      const code = await runCheck(args, { out: output, err: output })
      expect([0, 3], text).toContain(code)
      expect(code === 0).toBe(certificate.agrees)
      if (certificate.agrees) agreed++
      if (
        certificate.agrees &&
        direction === 'both' &&
        certificate.differences.left.source + certificate.differences.left.target === 0
      ) {
        // Both have the same contacts, one for one.
        expect(source).toHaveLength(target.length)
        for (const one of source)
          expect(target.filter((other) => isSame(one, other)).length).toBeGreaterThan(0)
      }
      if (
        source.length === target.length &&
        source.every((one, at) => one.email && isSame(one, target[at] ?? one))
      ) {
        const emails = new Set(source.map(({ email }) => email?.toLowerCase()))
        expect(certificate.agrees).toBe(emails.size === source.length)
      }
    },
  )
  try {
    await fc.assert(property, { numRuns: 80 })
  } finally {
    await rm(folder, { recursive: true })
  }
  expect(agreed).toBeGreaterThan(5)
})
