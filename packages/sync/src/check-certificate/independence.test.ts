import { readdir, readFile } from 'node:fs/promises'
import type { ContactMethod } from '@anycontact/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, formOf as engineForm, methodValue as engineMethod } from '../project/forms.ts'
import { recordOf } from '../verify/hashing.ts'
import { formOf, methodValue } from './forms.ts'
import { canonical, type Json } from './json.ts'

const folder = new URL('.', import.meta.url)

describe('the program that checks certificates', () => {
  it('has nothing of the engine, of core or of another package', async () => {
    const files = (await readdir(folder)).filter((name) => !name.includes('.test.'))
    expect(files).toContain('bin.ts')
    for (const name of files) {
      const text = await readFile(new URL(name, folder), 'utf8')
      const imported = [...text.matchAll(/ from '([^']*)'/g)].map(([, path]) => path)
      for (const path of imported) expect(path, name).toMatch(/^(node:|\.\/[\w-]+\.ts$)/)
    }
  })

  const word = fc.oneof(
    fc.constantFrom(
      ' Ana@Example.COM ',
      '+1 (415) 555-2671 ext. 12',
      'tel:+14155552671;ext=12',
      '1-800-FLOWERS',
      '٠١٢٣ x٤',
      '(11) 3333-4444 доб. 5',
      '#5',
      '2026-01-31T09:00:00+02:00',
      '2026-01-31',
      '',
    ),
    fc.string({ unit: 'binary' }),
  )
  const method = fc.record(
    {
      type: fc.constantFrom('email', 'phone', 'mobile', 'fax', 'other'),
      value: word,
      primary: fc.boolean(),
      id: word,
      label: word,
      externalId: word,
      verified: fc.boolean(),
      verifiedAt: word,
      createdAt: word,
      customFields: fc.dictionary(word, fc.jsonValue()),
    },
    { requiredKeys: ['type', 'value', 'primary'], noNullPrototype: true },
  )

  it('brings values into the forms that the engine brings them into', () => {
    const kinds = fc.constantFrom('json', 'text', 'email', 'phone', 'time', 'tags', 'methods')
    const values = fc.oneof(word, fc.array(word), fc.jsonValue())
    fc.assert(
      fc.property(kinds, values, (kind, value) => {
        const json: Json = JSON.parse(JSON.stringify(value))
        expect(canonical(formOf(kind, json))).toBe(
          canonicalJson(engineForm(kind, JSON.parse(JSON.stringify(value)))),
        )
      }),
      { numRuns: 1000 },
    )
    fc.assert(
      fc.property(fc.array(method), (methods) => {
        const json: readonly Json[] = JSON.parse(JSON.stringify(methods))
        const mine = canonical(formOf('methods', json.map(methodValue)))
        const contactMethods: readonly ContactMethod[] = JSON.parse(JSON.stringify(methods))
        expect(mine).toBe(canonicalJson(engineForm('methods', contactMethods.map(engineMethod))))
      }),
      { numRuns: 500 },
    )
  })

  it('writes canonical JSON as the engine does', () => {
    fc.assert(
      fc.property(fc.option(word), fc.dictionary(word, fc.jsonValue()), (key, values) => {
        const plain = JSON.parse(JSON.stringify(values))
        expect(canonical([key, plain])).toBe(recordOf(key, plain))
      }),
    )
  })
})
