import { describe, expect, it } from 'vitest'
import { inOrder, nameForm, similarity } from './names.ts'
import { person } from './testing/people.ts'

const form = (name: string): string | undefined => nameForm(person('1', { name }))

describe('the form of a name', () => {
  it.each([
    ['Ana Souza', 'ana souza'],
    ['  ANA   SOUZA ', 'ana souza'],
    ['Souza, Ana', 'ana souza'],
    ['João Müller-Weiß', 'joao muller weiss'],
    ['Łukasz Sørensen', 'lukasz sorensen'],
    ["O'Brien", 'obrien'],
    ['O’Brien', 'obrien'],
    ['J.R. Smith', 'j r smith'],
    ['ＡＮＡ', 'ana'],
    ['A\u200bna', 'ana'],
    ['राम', 'राम'],
    ['王 小明', '王 小明'],
  ])('of %s is %s', (name, expected) => {
    expect(form(name)).toBe(expected)
  })

  it('keeps vowels that are marks, and tells nothing of a name without letters', () => {
    expect(form('राम')).not.toBe(form('रमा'))
    expect(form('--')).toBeUndefined()
    expect(nameForm(person('1'))).toBeUndefined()
  })

  it('takes given and family name where both are there, whatever order the full name has', () => {
    expect(nameForm(person('1', { name: 'Souza Ana', givenName: 'Ana', familyName: 'Souza' }))).toBe(
      'ana souza',
    )
    expect(nameForm(person('1', { familyName: 'Souza' }))).toBe('souza')
  })
})

describe('the similarity of names', () => {
  it('is 1 for the same words, and falls with each letter that differs', () => {
    expect(similarity(inOrder('ana souza'), inOrder('souza ana'), 0.9)).toBe(1)
    expect(similarity('mariana souza', 'mariana sousa', 0.9)).toBeCloseTo(12 / 13)
  })

  it('is 0 below what is asked for: one letter in ten', () => {
    expect(similarity('jon lee', 'jan lee', 0.9)).toBe(0)
    expect(similarity('jon lee', 'jan lee', 0.85)).toBeCloseTo(6 / 7)
    expect(similarity('abcdefghij', 'abcdefghix', 0.9)).toBeCloseTo(0.9)
    expect(similarity('abcdefghij', 'abcdefgh', 0.9)).toBe(0)
    expect(similarity('abcdefghij', 'abcdefghxx', 0.9)).toBe(0)
  })

  it('is not worked out for texts that are no names', () => {
    const long = 'a'.repeat(300)
    expect(similarity(long, `${long}b`, 0.9)).toBe(0)
    expect(similarity(long, long, 0.9)).toBe(1)
  })
})
