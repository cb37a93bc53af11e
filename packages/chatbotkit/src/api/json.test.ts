import { describe, expect, it } from 'vitest'
import { parseJson } from './json.ts'

describe('parseJson', () => {
  it('parses', () => {
    expect(parseJson('{"a":[1,"\\u00e9",null]}')).toEqual({ ok: true, value: { a: [1, 'é', null] } })
  })

  it.each(['', '{', '{"a":', 'nope', '{"a":1} x'])('says that %o is no JSON', (text) => {
    expect(parseJson(text)).toEqual({ ok: false, reason: 'syntax' })
  })

  it.each(['{"__proto__":1}', '[{"a":{"__proto__":{}}}]', '{"\\u005f_proto__":1}', '{"__pr\\u006Fto__":1}'])(
    'refuses the key __proto__ in %s',
    (text) => {
      expect(parseJson(text)).toEqual({ ok: false, reason: 'proto' })
    },
  )

  it('takes a value of that text', () => {
    expect(parseJson('{"a":"__proto__"}')).toEqual({ ok: true, value: { a: '__proto__' } })
  })
})
