import * as v from 'valibot'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ContactsError } from '../errors.ts'
import { recordReader } from './record-reader.ts'
import { wireFlag, wireId, wireNumber, wireObject, wireRecord, wireText, wireTexts } from './wire-schemas.ts'

const PersonSchema = wireRecord({
  id: wireId,
  name: wireText,
  age: wireNumber,
  active: wireFlag,
  attributes: wireObject,
  tags: wireTexts,
})

function thrown(run: () => unknown): ContactsError {
  try {
    run()
  } catch (error) {
    if (ContactsError.is(error)) return error
    throw error
  }
  throw new Error('It should have thrown.')
}

describe('recordReader', () => {
  const read = recordReader(PersonSchema, { provider: 'example-crm' })

  it('hands a good record back as it is', () => {
    const record = { id: 'p1', name: null, tags: ['a'], later: { x: 1 } }
    expect(read(record)).toBe(record)
    expect(read(record, 'people.0')).toBe(record)
  })

  it('is typed as the schema says', () => {
    const record = read({ id: 'p1' })
    expectTypeOf(record.id).toEqualTypeOf<string>()
    expectTypeOf(record.name).toEqualTypeOf<string | null | undefined>()
    expectTypeOf(record.attributes).toEqualTypeOf<Record<string, unknown> | null | undefined>()
    expectTypeOf(record.later).toEqualTypeOf<unknown>()
  })

  it.each([
    ['id', 5, 'must be text that is not empty'],
    ['id', '', 'must be text that is not empty'],
    ['name', 5, 'must be text or null'],
    ['age', 'secret', 'must be a number or null'],
    ['age', Number.NaN, 'must be a number or null'],
    ['active', 'secret', 'must be true, false or null'],
    ['attributes', ['secret'], 'must be an object or null'],
    ['tags', 'secret', 'must be an array or null'],
  ])('refuses %s of %o, and says where', (field, value, message) => {
    const error = thrown(() => read({ id: 'p1', [field]: value }, 'people.3', 'list'))
    expect(error).toMatchObject({
      code: 'bad_response',
      provider: 'example-crm',
      operation: 'list',
      message: `example-crm list: a contact record cannot be read: people.3.${field} ${message}.`,
      issues: [{ path: `people.3.${field}`, message }],
    })
  })

  it('says everything that is wrong, and quotes nothing', () => {
    const error = thrown(() => read({ name: ['secret'], tags: ['a', 4711], age: 'secret' }))
    expect(error.message).toBe('example-crm: a contact record cannot be read: id is missing.')
    expect(error.issues).toEqual([
      { path: 'id', message: 'is missing' },
      { path: 'name', message: 'must be text or null' },
      { path: 'age', message: 'must be a number or null' },
      { path: 'tags.1', message: 'must be text' },
    ])
    expect(JSON.stringify(error)).not.toMatch(/secret|4711/)
  })

  it('says what is wrong with something that is no record', () => {
    expect(thrown(() => read('jane')).message).toBe(
      'example-crm: a contact record cannot be read: it must be an object.',
    )
    expect(thrown(() => read(null, 'people.0')).issues).toEqual([
      { path: 'people.0', message: 'must be an object' },
    ])
  })

  it('has words of its own for a schema without any', () => {
    const readPage = recordReader(
      v.object({
        people: v.array(v.unknown()),
        next: v.string(),
        kind: v.literal('page'),
        total: v.pipe(
          v.number(),
          v.check((total) => total >= 0),
        ),
      }),
      { provider: 'example-crm', what: 'the answer' },
    )
    const error = thrown(() => readPage({ people: 'secret', kind: 'secret', total: -4711 }))
    expect(error.message).toBe('example-crm: the answer cannot be read: people must be an array.')
    expect(error.issues).toEqual([
      { path: 'people', message: 'must be an array' },
      { path: 'next', message: 'is missing' },
      { path: 'kind', message: 'must be "page"' },
      { path: 'total', message: 'is not valid' },
    ])
    expect(JSON.stringify(error)).not.toMatch(/secret|4711/)
  })

  it('refuses a schema whose output would be another value', () => {
    for (const schema of [
      v.object({ at: v.pipe(v.string(), v.toDate()) }),
      v.object({ at: v.nullish(v.pipe(v.string(), v.toDate())) }),
      v.array(v.optional(v.string(), 'x')),
      v.union([v.number(), v.fallback(v.string(), 'x')]),
      v.pipe(v.object({}), v.transform(Object.keys)),
      v.record(v.pipe(v.string(), v.trim()), v.string()),
    ]) {
      expect(() => recordReader(schema, { provider: 'example-crm' })).toThrow(TypeError)
    }
    const id = v.pipe(v.string(), v.brand('Id'), v.readonly())
    expect(recordReader(v.object({ id }), { provider: 'example-crm' })({ id: 'x' })).toEqual({ id: 'x' })
  })
})
