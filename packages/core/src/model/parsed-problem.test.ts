import { describe, expect, it } from 'vitest'
import { parseJson } from '../http/body.ts'
import { parsedProblem } from './parsed-problem.ts'

function problemOf(text: string): unknown {
  const parsed = parseJson(text, true)
  return parsed.ok ? parsedProblem(parsed.value) : parsed.reason
}

describe('parsedProblem', () => {
  it.each([
    ['{"a":{"b":[1,{"__proto__":1}]}}', ['a', 'b', '1', '__proto__']],
    ['{"__proto__":{"x":1}}', ['__proto__']],
    ['{"a":{"\\u005f_proto__":1}}', ['a', '__proto__']],
    ['{"a":[0,17841400008460057]}', ['a', '1']],
    ['{"a":{"b":0.12345678901234567891}}', ['a', 'b']],
    ['{"a":1e400}', ['a']],
  ])('finds it in %s', (text, path) => {
    expect(problemOf(text)).toMatchObject({ path })
  })

  it('finds none in what is as it was written', () => {
    for (const text of ['{"a":{"b":[1.50,1E2,null,"__proto__",true]}}', '7', '"x"', 'null', '{"proto":1}']) {
      expect(problemOf(text)).toBeUndefined()
    }
  })

  it('goes as deep as JSON does', () => {
    const deep = `${'{"a":'.repeat(50_000)}{"__proto__":1}${'}'.repeat(50_000)}`
    expect(problemOf(deep)).toMatchObject({ path: ['a', 'a', 'a', 'a', 'a', 'a', 'a', 'a'] })
  })
})
