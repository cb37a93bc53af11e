import { beforeAll, describe, expect, it } from 'vitest'
import { type Compilation, compile } from './compile.ts'

/** A compilation reads every declaration there is, on a machine that may have other work too. */
const TIMEOUT_MS = 300_000

/** The modules that a declaration names. */
function modulesOf(declaration: string | undefined): ReadonlySet<string | undefined> {
  const named = (declaration ?? '').matchAll(/(?:from |import\()["']([^"']+)/g)
  return new Set([...named].map(([, specifier]) => specifier))
}

const records = [
  ['chatbotkit', 'ChatBotKitRecord'],
  ['cognipeer', 'CognipeerRecord'],
  ['channel-inbox', 'ChannelInboxRecord'],
  ['contact-methods', 'ContactMethodsClientRecord'],
  ['memory', 'MemoryRecord'],
] as const
const providers = records.map(([name]) => name)

describe.each(records)('a strict project that has %s and nothing else, by NodeNext', (name, record) => {
  let found: Compilation

  beforeAll(() => {
    found = compile([`compiles/${name}`], [name], 'NodeNext')
  }, TIMEOUT_MS)

  it('compiles', () => {
    expect(found.errors).toEqual([])
  })

  it('names what a client gives, all of it from that package', () => {
    const written = found.declarations.get(`compiles/${name}`)
    const contact = `\\bContact<import\\("@anycontact/${name}"\\)\\.${record}>`
    expect(written).toMatch(new RegExp(`find\\(id: string\\): Promise<\\S*${contact} \\| undefined>`))
    expect(written).toMatch(new RegExp(`list\\(\\): \\S+\\.Pager<\\S*${contact}>`))
    expect(written).toMatch(/^export declare const contacts: \w+Contacts;$/m)
    expect(written).toMatch(/get api\(\): import\("[^"]+"\)\.\w+;/)
    expect(modulesOf(written)).toEqual(new Set([`@anycontact/${name}`]))
  })
})

describe('a strict project that has all adapters, by Bundler', () => {
  const fixtures = [...providers, 'any-provider']
  let found: Compilation

  beforeAll(() => {
    const names = fixtures.map((name) => `compiles/${name}`)
    found = compile(names, providers, 'Bundler')
  }, TIMEOUT_MS)

  it('compiles', () => {
    expect(found.errors).toEqual([])
  })

  it.each(fixtures)('needs the package of the core for no name: %s', (name) => {
    const modules = modulesOf(found.declarations.get(`compiles/${name}`))
    expect(modules.size).toBeGreaterThan(0)
    expect(modules).not.toContain('@anycontact/core')
  })
})

describe('code for any provider', () => {
  it(
    'finds every name in one adapter, by NodeNext',
    () => {
      const installed = ['chatbotkit', 'cognipeer', 'memory']
      const { errors, declarations } = compile(['compiles/any-provider'], installed, 'NodeNext')
      expect(errors).toEqual([])
      const written = declarations.get('compiles/any-provider')
      expect(modulesOf(written)).toEqual(new Set(['@anycontact/chatbotkit']))
      expect(written).toContain('find(email: string): Promise<Contact<unknown> | undefined>')
    },
    TIMEOUT_MS,
  )
})

describe.each(['NodeNext', 'Bundler'] as const)('the package of an adapter, by %s', (resolution) => {
  it(
    'compiles with declared custom fields, and names what it gives',
    () => {
      const { errors, declarations } = compile(['compiles/adapter-author'], ['core'], resolution)
      expect(errors).toEqual([])
      const written = declarations.get('compiles/adapter-author')
      expect(written).toContain('seatsOf(id: string): Promise<number | undefined>')
      expect([...modulesOf(written)].sort()).toEqual(['@anycontact/core', '@anycontact/core/adapter-kit'])
    },
    TIMEOUT_MS,
  )
})

describe('a strict project that has syncs, by NodeNext', () => {
  it(
    'compiles, and names what a sync gives',
    () => {
      const { errors, declarations } = compile(
        ['compiles/syncs'],
        ['chatbotkit', 'cognipeer', 'sync'],
        'NodeNext',
      )
      expect(errors).toEqual([])
      const written = declarations.get('compiles/syncs')
      expect(written).toMatch(/^export declare const sync: \S+\.Sync;$/m)
      expect(written).toMatch(/^export declare const run: \(\) => Promise<\S+\.SyncReport>;$/m)
      expect(modulesOf(written)).toEqual(new Set(['@anycontact/sync']))
    },
    TIMEOUT_MS,
  )
})
