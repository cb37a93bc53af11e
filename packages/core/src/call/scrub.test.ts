import { afterEach, describe, expect, test, vi } from 'vitest'
import { textsIn } from './needles.ts'
import { createScrubber } from './scrub.ts'

const scrub = (text: string, ...sent: string[]): string => createScrubber(sent).scrub(text)

afterEach(() => {
  vi.restoreAllMocks()
})

describe('createScrubber', () => {
  test.each([
    ['Jose Nandu is taken', 'José Ñandú', '[redacted] is taken'],
    ['JOS&Eacute; &Ntilde;AND&Uacute;!', 'José Ñandú', '[redacted]!'],
    ['jos%C3%A9+%c3%b1and%c3%ba', 'José Ñandú', '[redacted]'],
    ['Jos%E9 %D1and%FA', 'José Ñandú', '[redacted]'],
    ['"Jos\\u00e9 \\u00d1and\\u00fa"', 'José Ñandú', '"[redacted]"'],
    ['Jose\u0301 N\u0303andu\u0301 is', 'José Ñandú', '[redacted] is'],
    ['Soren Kjaergard, STRASSE', 'Søren Kjærgård', '[redacted], STRASSE'],
    ['Hauptstrasse', 'Hauptstraße', '[redacted]'],
    ['ΠΑΠΑΔΟΠΟΥΛΟΣ', 'Παπαδόπουλος', '[redacted]'],
    ['客户李小龍已存在', '李小龍', '客户[redacted]已存在'],
    ['Priya 🌺 Nair 🌺', '🌺', 'Priya [redacted] Nair [redacted]'],
    ['call 4155552671 or (415) 555-2671', '+1 (415) 555-2671', 'call [redacted] or [redacted]'],
    ['call +44 (0)20 7946 0958 now', '020 7946 0958', 'call [redacted] now'],
    ['call ٠٢٠٧٩٤٦٠٩٥٨', '+44 20 7946 0958', 'call [redacted]'],
    ['+1 415 555 2671 ext. 12 is', '4155552671', '[redacted] is'],
    ['user ana_souza_8 here', 'Ana Souza 8', 'user [redacted] here'],
  ])('%j, of %j', (text, sent, expected) => {
    expect(scrub(text, sent)).toBe(expected)
  })

  test.each([
    ['Ana Souza de Ol… is', 'Ana Souza de Oliveira', '[redacted]… is'],
    ['Ana... is', 'Ana Souza', '[redacted]... is'],
    ['"ana.souza@exa"', 'ana.souza@example.com', '"[redacted]"'],
    ['premium plan only', 'premium-partners', 'premium plan only'],
    [
      'see https://www.vendor.example/docs',
      'https://www.example.com/a.png',
      'see https://www.vendor.example/docs',
    ],
    ['customers are many', 'customer-42', 'customers are many'],
  ])('cut off: %j, of %j', (text, sent, expected) => {
    expect(scrub(text, sent)).toBe(expected)
  })

  test.each([
    ['Contact not found', ['Not', 'found', 'Contact', 'not found', 'contact']],
    ['email_already_exists', ['email', 'Already']],
    ['The latest registrations', ['Test', 'istra', 'Stra']],
    ['Contact 42 of 1420', ['4', '2']],
  ])('%j stays, whatever was sent', (text, sent) => {
    expect(scrub(text, ...sent)).toBe(text)
  })

  test('a name of a request is not torn by short values, but is not kept where it is what was sent', () => {
    const scrubber = createScrubber(['4b1e', 'crm-7f3a9c'])
    expect(scrubber.scrub('req_01-4b1e-9f', true)).toBe('req_01-4b1e-9f')
    expect(scrubber.scrub('req_crm-7f3a9c', true)).toBe('req_[redacted]')
    expect(scrubber.scrub('4b1e', true)).toBe('[redacted]')
  })

  test('the whole of a long value, also where it is taken apart', () => {
    const note = 'Prefers mail, à la carte. '.repeat(40).trim()
    expect(scrub(`Bad note: ${note.toUpperCase()}!`, note)).toBe('Bad note: [redacted]!')
  })
})

describe('the work is bounded', () => {
  /** How many characters are prepared, and how many comparisons made, while something is done. */
  function work(run: () => void): { characters: number; comparisons: number } {
    let characters = 0
    let comparisons = 0
    const { normalize, startsWith, charCodeAt } = String.prototype
    vi.spyOn(String.prototype, 'normalize').mockImplementation(function (this: string, form?: string) {
      characters += this.length
      return normalize.call(this, form)
    })
    vi.spyOn(String.prototype, 'startsWith').mockImplementation(function (this: string, ...given) {
      comparisons++
      return startsWith.apply(this, given)
    })
    vi.spyOn(String.prototype, 'charCodeAt').mockImplementation(function (this: string, index: number) {
      comparisons++
      return charCodeAt.call(this, index)
    })
    run()
    vi.restoreAllMocks()
    return { characters, comparisons }
  }

  const said = 'Contact 4155552671 not found; '.repeat(130)

  test.each([
    ['10,000 values', Array.from({ length: 10_000 }, (_, index) => `value ${index} of ${index * 7}`)],
    [
      '10,000 values that begin alike',
      Array.from({ length: 10_000 }, (_, index) => `${'contact 41555526'.repeat(20)}${index}`),
    ],
    [
      'values that are each a part of the next',
      Array.from({ length: 3_000 }, (_, index) => 'contact'.repeat(50).slice(0, index)),
    ],
    ['a note of a million characters', ['x'.repeat(1_000_000)]],
    ['a note that the answer repeats', [said.repeat(250)]],
  ])('%s', (_, sent) => {
    const { characters, comparisons } = work(() => createScrubber(sent).scrub(said))
    // Of each value 300 characters are prepared, and of the text each once.
    expect(characters).toBeLessThan(sent.length * 400 + 100_000)
    expect(comparisons).toBeLessThan(3_000_000)
  })

  test('so many texts that they cannot be searched for are told', () => {
    expect(createScrubber(Array.from({ length: 50_001 }, String)).isOverfull).toBe(true)
  })

  test('nothing is prepared before it is asked for', () => {
    expect(work(() => textsIn(['x'.repeat(1e6), { a: 'ana@example.com' }])).characters).toBe(0)
  })
})

test('textsIn: texts and long numbers, of a contact without what the vendor sent', () => {
  expect(textsIn({ a: ['Bo', 'x1', 'c', 12, '12', 12_345, true, null], b: new Uint8Array(9) })).toEqual([
    'Bo',
    'x1',
    'c',
    '12345',
  ])
  expect(textsIn({ raw: { a: 'kept' } })).toEqual(['kept'])
  expect(textsIn({ id: 'ana-1', contactMethods: [], raw: { a: 'left out' } })).toEqual(['ana-1'])
})
