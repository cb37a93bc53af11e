import { describe, expect, it } from 'vitest'
import { pattern } from './pattern.ts'

describe('pattern', () => {
  it.each([
    [pattern`/[^\p{L}\d]+/gu`, /[^\p{L}\d]+/gu],
    [pattern`/a\/b|[/]\x60/`, /a\/b|[/]\x60/],
    [pattern`/^\s*$/im`, /^\s*$/im],
  ])('is what the literal is: %#', (made, literal) => {
    expect(made()).toEqual(literal)
  })

  it('is made once', () => {
    const made = pattern`/\p{Lo}/u`
    expect(made()).toBe(made())
  })

  it('is made when it is asked for, and not before', () => {
    const wrong = pattern`/(/u`
    expect(wrong).toThrow(SyntaxError)
  })
})
