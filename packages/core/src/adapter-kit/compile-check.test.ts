import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { compileCheck } from './compile-check.ts'
import { schema, value } from './testing/schemas.ts'
import { wireFlag, wireId, wireNumber, wireObject, wireRecord, wireText, wireTexts } from './wire-schemas.ts'

describe('compileCheck', () => {
  it('accepts exactly what valibot accepts', () => {
    const seen = { good: 0, bad: 0 }
    fc.assert(
      fc.property(schema, fc.array(value, { minLength: 8, maxLength: 8 }), (made, values) => {
        const check = compileCheck(made)
        for (const candidate of values) {
          const isGood = v.is(made, candidate)
          expect(check(candidate)).toBe(isGood)
          seen[isGood ? 'good' : 'bad']++
        }
      }),
      { seed: 7, numRuns: 15_000 },
    )
    // The comparison means something only where there is enough of both.
    expect(seen.good).toBeGreaterThan(20_000)
    expect(seen.bad).toBeGreaterThan(20_000)
  })

  it('accepts wire records with one member changed as valibot does', () => {
    const PersonSchema = v.pipe(
      wireRecord({
        id: wireId,
        name: wireText,
        email: wireText,
        age: wireNumber,
        active: wireFlag,
        attributes: wireObject,
        tags: wireTexts,
      }),
      v.check(({ name, email }) => name !== email, 'must differ'),
    )
    const check = compileCheck(PersonSchema)
    const good = { id: 'p1', name: 'Ana', email: null, age: 30, active: true, attributes: {}, tags: ['a'] }
    expect(check(good)).toBe(true)
    const field = fc.constantFrom(...Object.keys(good), 'more', '__proto__', 'constructor')
    fc.assert(
      fc.property(field, value, (name, changed) => {
        const candidate = { ...good }
        Object.defineProperty(candidate, name, { value: changed, enumerable: true, configurable: true })
        expect(check(candidate)).toBe(v.is(PersonSchema, candidate))
        Reflect.deleteProperty(candidate, name)
        expect(check(candidate)).toBe(v.is(PersonSchema, candidate))
      }),
      { seed: 7, numRuns: 4000 },
    )
  })

  it('leaves pipes to valibot where the copy that it makes differs', () => {
    const hasFew = v.pipe(
      v.looseObject({ toString: v.unknown() }),
      v.check((record) => Object.keys(record).length < 3),
    )
    // valibot takes the inherited member for one that is there.
    for (const record of [{ a: 1 }, { a: 1, b: 2 }])
      expect(compileCheck(hasFew)(record)).toBe(v.is(hasFew, record))
  })

  it('checks every one of many members', () => {
    const names = Array.from({ length: 40 }, (_, index) => `m${index}`)
    const of = (entry: v.GenericSchema) =>
      compileCheck(v.looseObject(Object.fromEntries(names.map((name) => [name, entry]))))
    for (const [entry, good] of [
      [wireText, 'x'],
      [wireNumber, 5],
      [wireFlag, true],
    ] as const) {
      const check = of(entry)
      const record = Object.fromEntries(names.map((name) => [name, good]))
      expect(check(record)).toBe(true)
      for (const name of names) expect(check({ ...record, [name]: ['bad'] })).toBe(false)
    }
  })

  it('never copies, and never runs valibot for a good value that it knows', () => {
    let runs = 0
    const text = v.nullish(v.string())
    const watched: typeof text = {
      ...text,
      '~run': (dataset, config) => {
        runs++
        return text['~run'](dataset, config)
      },
    }
    const check = compileCheck(v.looseObject({ id: wireId, name: watched }))
    expect(check({ id: 'p1', name: 'Ana' })).toBe(true)
    expect(check({ id: 'p1', name: 5 })).toBe(false)
    expect(runs).toBe(0)
  })

  it('narrows', () => {
    const isPage = compileCheck(v.looseObject({ items: v.array(v.unknown()), next: v.nullish(v.string()) }))
    const answer: unknown = JSON.parse('{"items":[1,2]}')
    expect(isPage(answer) && answer.items.length).toBe(2)
  })
})
