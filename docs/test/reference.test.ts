import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { publicDoors } from '../plugin/repository.ts'
import {
  everyName,
  INDEX_SIGNATURE,
  MODULE,
  type Named,
  PAGES,
  pageAt,
  REFERENCE,
  ROOT,
  readReference,
  textOf,
} from './site.ts'

const reference = readReference()
const modules = (reference.children ?? []).filter(({ kind }) => kind === MODULE)
const cache = new Map<string, string[]>()
const linesOf = (path: string): string[] => {
  const known = cache.get(path)
  if (known) return known
  const lines = existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8').split('\n') : []
  cache.set(path, lines)
  return lines
}

describe('"Defined in"', () => {
  it('leads to a line of a file in the repository, on every page', () => {
    const link = /^https:\/\/github\.com\/anycontact\/anycontact\/blob\/main\/(.+)#L(\d+)$/
    let count = 0
    const wrong = new Set<string>()
    for (const { path, html } of PAGES) {
      for (const [, href = ''] of html.matchAll(/Defined in (?:<a href="([^"]*)")?/g)) {
        count++
        const [, file = '', line] = link.exec(href) ?? []
        if (Number(line) > linesOf(file).length) wrong.add(`${path}: ${href || 'no link'}`)
      }
    }
    expect([...wrong]).toEqual([])
    expect(count).toBeGreaterThan(2000)
  })

  it('is the line that declares the name', () => {
    const wrong: string[] = []
    for (const each of everyName(reference)) {
      if (each.kind === MODULE || each.kind === INDEX_SIGNATURE) continue
      for (const { fileName, line } of each.sources ?? []) {
        const text = linesOf(fileName)[line - 1] ?? ''
        if (!declares(text, each)) wrong.push(`${each.name}: ${fileName}:${line}: ${text}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

/** Whether a line declares a name, under its own or under the one from which it is renamed where it is exported. */
function declares(line: string, { name }: Named): boolean {
  const word = (text: string): boolean =>
    new RegExp(`(?<![\\w$])${text.replaceAll(/[^\w]/g, '\\$&')}(?![\\w$])`).test(line)
  const plain = name.replace(/^\[(.+)\]$/, '$1')
  if (word(plain) || word('constructor')) return true
  const original = RENAMED.get(name)
  return original?.some(word) ?? false
}

const RENAMED = new Map<string, string[]>()
for (const { source } of publicDoors()) {
  for (const [, original = '', name = ''] of readFileSync(source, 'utf8').matchAll(/(\w+) as (\w+)/g)) {
    RENAMED.set(name, [...(RENAMED.get(name) ?? []), original])
  }
}

describe('the modules', () => {
  it('are the doors of the packages that are published', () => {
    expect(modules.map(({ name }) => name).sort()).toEqual(
      publicDoors()
        .map(({ name }) => name)
        .sort(),
    )
  })

  it('give each name one home', () => {
    const homes = new Map<string, Set<string>>()
    const ofCore: string[] = []
    for (const module of modules) {
      for (const child of module.children ?? []) {
        if (child.kind === REFERENCE) continue
        for (const { fileName, line } of child.sources ?? []) {
          const place = `${child.name} of ${fileName}:${line}`
          homes.set(place, (homes.get(place) ?? new Set()).add(module.name))
          const isCore = fileName.startsWith('packages/core/')
          if (isCore !== /^@anycontact\/core\b/.test(module.name)) ofCore.push(`${place} in ${module.name}`)
        }
      }
    }
    expect([...homes].filter(([, { size }]) => size > 1)).toEqual([])
    expect(ofCore).toEqual([])
  })

  it('of the adapters say that they hand core on, with a link', () => {
    for (const name of ['chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods', 'memory']) {
      const page = pageAt(`reference/${name}/index.html`)
      expect(textOf(page)).toMatch(/It also exports all \d+ names of @anycontact\/core ?\./)
      expect(page.links).toContain('../core/index.html')
    }
    expect(PAGES.length).toBeLessThan(1_000)
  })
})

describe('the pages of clients', () => {
  const clients = {
    'chatbotkit/ChatBotKitContacts': ['conversations'],
    'cognipeer/CognipeerContacts': [],
    'channel-inbox/ChannelInboxContacts': [
      'conversations',
      'comments',
      'files',
      'activities',
      'avatar',
      'notifications',
    ],
    'contact-methods/ContactMethodsContacts': ['contactMethods'],
    'memory/MemoryContacts': [
      'conversations',
      'comments',
      'files',
      'avatar',
      'contactMethods',
      'notifications',
    ],
  }

  for (const [client, groups] of Object.entries(clients)) {
    it(`list the operations of ${client} with concrete types`, () => {
      const page = pageAt(`reference/${client}.html`)
      const text = textOf(page)
      for (const name of [
        'list',
        'get',
        'find',
        'create',
        'update',
        'upsert',
        'upsertMany',
        'count',
        'search',
      ]) {
        expect(page.anchors, name).toContain(name.toLowerCase())
      }
      for (const group of groups) expect(page.anchors, group).toContain(group.toLowerCase())
      expect(page.anchors.has('request')).toBe(!client.startsWith('memory'))
      expect(page.anchors.has('delete')).toBe(!client.startsWith('cognipeer'))
      expect(text).toContain('Creates a contact and gives the record as stored.')
      // What is written in core, for any adapter, and the declarations for the compiler.
      expect(text).not.toMatch(
        /< A >|\bGroupOf\b|\bCreateInput\b|\bNativeRef\b|\bScanRef\b|\bGroupRef\b|~declares/,
      )
    })
  }

  it('name what can be written, looked up and listed, and the operations of a group', () => {
    const text = textOf(pageAt('reference/chatbotkit/ChatBotKitContacts.html'))
    expect(text).toMatch(/create \( input : Pick < ContactInput , [^>]*"externalId"/)
    expect(text).toMatch(/get \( ref : RefBy < "id" > , options \?: LookupOptions/)
    expect(text).toMatch(/get \( ref : RefBy < "id" \| "externalId" \| "email" \| "phone" >/)
    expect(text).toMatch(/\) : Promise < Contact < ChatBotKitRecord > >/)
    expect(text).toMatch(/conversations : \{ list \( ref : RefBy < "id" >/)
    expect(text).toContain('The conversations of a contact.')
  })
})
