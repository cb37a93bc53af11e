import fc from 'fast-check'
import { expect, it } from 'vitest'
import { KeyLines } from './key-lines.ts'

it('tells where each key was first, as a map of all of them does', () => {
  const property = fc.property(fc.array(fc.nat({ max: 4_000 }), { maxLength: 5_000 }), (keys) => {
    const [lines, known] = [new KeyLines(), new Map<number, number>()]
    for (const [at, key] of keys.entries()) {
      expect(lines.add(`key ${key}`, at)).toBe(known.get(key))
      if (!known.has(key)) known.set(key, at)
    }
  })
  fc.assert(property, { numRuns: 20 })
})

it('takes 16 to 32 bytes for each of very many', () => {
  const lines = new KeyLines()
  const before = process.memoryUsage().arrayBuffers
  for (let at = 0; at < 200_000; at++) expect(lines.add(`key ${at}`)).toBeUndefined()
  expect(lines.add('key 7')).toBe(0)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200_000 * 64)
})
