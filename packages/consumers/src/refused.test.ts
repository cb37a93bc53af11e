import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Compilation, compile } from './compile.ts'

const providers = ['chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods', 'memory']
const fixtures = ['lookups', 'upserts', 'needs', 'syncs']

let found: Compilation

beforeAll(() => {
  const names = fixtures.map((name) => `refused/${name}`)
  found = compile(names, [...providers, 'sync'], 'Bundler')
}, 300_000)

/** What a fixture wants the compiler to say, by the place that it must say it of. */
function wanted(name: string): ReadonlyMap<string, string> {
  const file = resolve(import.meta.dirname, `../fixtures/refused/${name}.ts`)
  const lines = readFileSync(file, 'utf8').split('\n')
  const texts = lines.flatMap((line, index): [string, string][] => {
    const text = /^\s*\/\/ says: (.+)$/.exec(line)?.[1]
    return text === undefined ? [] : [[`refused/${name}.ts:${index + 2}`, text]]
  })
  return new Map(texts)
}

describe.each(fixtures)('what the compiler says of %s', (name) => {
  it.each([...wanted(name)])('%s: %s', (place, text) => {
    const errors = found.errors.filter((error) => error.startsWith(`${place}: `))
    expect(errors).toEqual([expect.stringContaining(text)])
  })

  it('is nothing of the other lines', () => {
    const places = [...wanted(name).keys()]
    const others = found.errors
      .filter((error) => error.startsWith(`refused/${name}.ts`))
      .filter((error) => !places.some((place) => error.startsWith(`${place}: `)))
    expect(others).toEqual([])
  })
})

it('says which keys there are, and what opens the others', () => {
  const lookup = found.errors.find((error) => error.startsWith('refused/lookups.ts'))
  expect(lookup).toContain('scan: true')
  expect(lookup).toContain('by id')
  expect(lookup).not.toContain('contactMethods')
  expect(found.errors.join('\n')).toContain('or with { scan: true } by email, phone')
})
