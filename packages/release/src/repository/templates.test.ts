import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { publishedPackages, ROOT, toObject } from '../published.ts'

const templates = globSync('.github/ISSUE_TEMPLATE/*.yml', { cwd: ROOT })
  .map((file) => ({ name: basename(file), content: toObject(parse(readFileSync(join(ROOT, file), 'utf8'))) }))
  .filter(({ name }) => name !== 'config.yml')

test('there is one for a bug and one for a vendor whose API has moved', () => {
  expect(templates.map(({ name }) => name).sort()).toEqual(['bug.yml', 'vendor-drift.yml'])
})

describe.each(templates)('$name', ({ content }) => {
  const fields = (Array.isArray(content.body) ? content.body : []).map(toObject)

  test('is a form that GitHub takes', () => {
    for (const key of ['name', 'description']) expect(content[key]).toEqual(expect.any(String))
    const named = fields.filter(({ type }) => type !== 'markdown')
    expect(new Set(named.map(({ id }) => id)).size).toBe(named.length)
    for (const { type, id, attributes } of fields) {
      expect(['markdown', 'input', 'textarea', 'dropdown', 'checkboxes']).toContain(type)
      const { label, value, options } = toObject(attributes)
      if (type === 'markdown') expect(value).toEqual(expect.any(String))
      else {
        expect(id).toMatch(/^[a-z]+$/)
        expect(label).toEqual(expect.any(String))
      }
      if (type === 'dropdown') {
        if (!Array.isArray(options)) throw new Error(`${String(id)} offers nothing.`)
        expect(new Set(options).size).toBe(options.length)
        for (const option of options) expect(option).toEqual(expect.any(String))
      }
    }
  })

  test('asks to leave credentials and personal data out', () => {
    const text = fields.map(({ attributes }) => String(toObject(attributes).value)).join(' ')
    expect(text).toMatch(/credentials/)
    expect(text).toMatch(/tells of people/)
  })
})

test('the one for bugs offers every package', () => {
  const bug = templates.find(({ name }) => name === 'bug.yml')
  const [dropdown] = (Array.isArray(bug?.content.body) ? bug.content.body : [])
    .map(toObject)
    .filter(({ id }) => id === 'package')
  const options: unknown = toObject(dropdown?.attributes).options
  expect(options).toEqual(expect.arrayContaining(publishedPackages().map(({ name }) => name)))
  expect(options).toHaveLength(publishedPackages().length + 1)
})

test('a vulnerability is reported in private', () => {
  const config = readFileSync(join(ROOT, '.github/ISSUE_TEMPLATE/config.yml'), 'utf8')
  const url = 'https://github.com/anycontact/anycontact/security/advisories/new'
  expect(toObject(parse(config)).contact_links).toEqual([expect.objectContaining({ url })])
  expect(readFileSync(join(ROOT, 'SECURITY.md'), 'utf8')).toContain(url)
})
