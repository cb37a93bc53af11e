import { expect, test } from 'vitest'
import { EXAMPLES } from '../src/examples/index.ts'
import { PROVIDER_NAMES, type ProviderName } from '../src/shared/providers.ts'
import { describeInChromium, useSite } from './visit.ts'

/** What must be in the output of each example. */
const EXPECTED: Readonly<Record<string, Partial<Record<ProviderName, readonly string[]>>>> = {
  list: {
    chatbotkit: ['Mei Lin', 'Priya Nair', 'Ana Souza', 'and in all: 8'],
    cognipeer: ['Mei Lin', 'Priya Nair', 'Ana Souza', 'and in all: 8'],
    channelInbox: ['Yuki Tanaka yuki@example.jp', 'and in all: 8'],
    contactMethods: ['crm-1 ana@example.com', 'and in all: 8'],
    memory: ['Ana Souza', 'Priya Nair', 'and in all: 3'],
  },
  upsert: {
    chatbotkit: ['created', 'unchanged', "updated { plan: 'pro' }"],
    cognipeer: ['created', 'unchanged', "updated { plan: 'pro' }"],
    channelInbox: ['created', 'unchanged', 'updated Ines Costa Lima'],
    contactMethods: ['created client-42', 'unchanged', 'updated ines.costa@example.com'],
    memory: ['created mem_000004', 'unchanged', "updated { plan: 'pro' }"],
  },
  batch: Object.fromEntries(
    PROVIDER_NAMES.map((name) => [name, ['row 1: created', 'row 3: created', 'row 2:', 'invalid_input']]),
  ),
  'dry-run': Object.fromEntries(
    PROVIDER_NAMES.map((name) => [
      name,
      ['row 1 would be unchanged', 'row 2 would be updated', 'row 3 would be created'],
    ]),
  ),
  csv: Object.fromEntries(
    PROVIDER_NAMES.map((name) => [
      name,
      ['2 created, 0 updated, 1 unchanged', 'line 4:', 'cleo at example.com'],
    ]),
  ),
  copy: {
    chatbotkit: ['8 updated', 'the second time: 8 unchanged'],
    cognipeer: ['8 updated', 'tags: 2', 'the second time: 8 unchanged'],
    channelInbox: ['8 created', 'the second time: 8 unchanged'],
    contactMethods: ['8 updated', 'the second time: 8 unchanged'],
    memory: ['3 updated', 'the second time: 3 unchanged'],
  },
  'cut-listing': Object.fromEntries(PROVIDER_NAMES.map((name) => [name, ['1 ', '8 ']])),
  'lost-answer': {
    chatbotkit: ['created once:'],
    cognipeer: ['created once:'],
    channelInbox: ['applied: unknown – and found:'],
    contactMethods: ['created once:'],
  },
  cannot: {
    chatbotkit: ['comments? false', 'unsupported', '{ scan: true }', 'unsupported_field', 'Ana Souza'],
    cognipeer: ['delete? false', 'unsupported', "contacts.supports('delete')", 'unsupported_field'],
    channelInbox: ['contactMethods? false', 'unsupported', 'unsupported_field'],
    contactMethods: ['conversations? false', 'unsupported', 'unsupported_field'],
    memory: ['request? false', 'unsupported', 'conflict'],
  },
}

describeInChromium('the examples', () => {
  const visit = useSite()

  for (const provider of PROVIDER_NAMES) {
    for (const { name, programs } of EXAMPLES) {
      if (programs[provider] === undefined) continue
      test(`${name} with ${provider}`, async () => {
        await using playground = await visit({ hash: `provider=${provider}&example=${name}` })
        const { status, output, audit, requests } = await playground.run()
        expect(status, output).toContain('Finished')
        for (const words of EXPECTED[name]?.[provider] ?? ['(what to expect is missing)']) {
          expect(output).toContain(words)
        }
        expect(audit).toMatch(/^No|^Nothing/)
        if (name === 'dry-run' || name === 'list') expect(audit).toBe('Nothing was written.')
        if (provider !== 'memory' && name !== 'cannot') expect(requests.length).toBeGreaterThan(0)
      })
    }
  }
})
