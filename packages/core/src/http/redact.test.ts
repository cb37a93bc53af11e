import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createScrubber } from '../call/scrub.ts'
import { credentialTexts, redactHeaders, sanitize as sanitizeBy } from './redact.ts'

const sanitize = (text: string, sent: readonly string[]): string | undefined =>
  sanitizeBy(text, () => createScrubber(sent))

describe('sanitize', () => {
  test.each([
    ['User ANA@example.com exists', ['ana@Example.com'], 'User [redacted] exists'],
    ['Bad "a b" here', ['a b'], 'Bad "[redacted]" here'],
    ['GET /c?q=a%20b%26', ['a b&'], 'GET /c?q=[redacted]'],
    ['GET /c?q=a+b%26', ['a b&'], 'GET /c?q=[redacted]'],
    [String.raw`Bad "say \"hi\""`, ['say "hi"'], 'Bad "[redacted]"'],
    ['ana.souza and ana', ['ana', 'ana.souza'], '[redacted] and [redacted]'],
    ['Contact 42 of 1420', ['42'], 'Contact [redacted] of 1420'],
    ['line\none\ttwo\u0000\u001b[31m', [], 'line one two [31m'],
    ['a\u0000na\nsouza', ['a\u0000na\nsouza'], '[redacted]'],
    ['see https://api.test/x?email=q#f now', [], 'see https://api.test/x now'],
    ['(a+b)*[c]-/{d}|^$', ['(a+b)*[c]-/{d}|^$'], '[redacted]'],
    ['x\ud800y!', ['x\ud800y!'], '[redacted]'],
  ])('%j without %j', (text, sent, expected) => {
    expect(sanitize(text, sent)).toBe(expected)
  })

  test.each(['', ' \n ', 'x'.repeat(4001)])('nothing to show: %#', (text) => {
    expect(sanitize(text, [])).toBeUndefined()
  })

  test('cuts at 300 characters, and not through a surrogate pair', () => {
    expect(sanitize('x'.repeat(299) + '😀'.repeat(9), [])).toBe(`${'x'.repeat(299)}…`)
  })

  test('leaves nothing of four characters or more that was sent, however it is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 4, maxLength: 30 }), {
          minLength: 1,
          maxLength: 5,
        }),
        fc.nat(400),
        (values, padding) => {
          const sent = values.map((value) => `§${value.replace(/\s/g, '_')}§`)
          const text = sanitize(`${' .'.repeat(padding)} ${sent.join(' and ')}`, sent) ?? ''
          for (const value of sent) expect(text).not.toContain(value)
          expect(text).not.toContain('§')
        },
      ),
    )
  })

  test('a large text that was sent is no obstacle', () => {
    const sent = Array.from({ length: 5000 }, (_, i) => `value ${i} ${'x'.repeat(2000)}`)
    expect(sanitize('Name is required', [...sent, 'y'.repeat(1e6)])).toBe('Name is required')
  })
})

test('credentialTexts: with a scheme, also what follows it', () => {
  expect(credentialTexts('Bearer sk-1')).toEqual(['Bearer sk-1', 'sk-1'])
  expect(credentialTexts(' sk-1 ')).toEqual(['sk-1'])
})

test('redactHeaders hides by name and by value', () => {
  const headers = new Headers({
    authorization: 'Bearer a',
    cookie: 'b',
    'set-cookie': 'b',
    'x-api-key': 'c',
    'x-access-token': 'd',
    'x-client-secret': 'e',
    location: '/x?email=f',
    'x-debug': 'used sk-1 here',
    accept: 'text/csv',
  })
  expect(redactHeaders(headers, ['sk-1', ''])).toEqual({
    authorization: '[redacted]',
    cookie: '[redacted]',
    'set-cookie': '[redacted]',
    'x-api-key': '[redacted]',
    'x-access-token': '[redacted]',
    'x-client-secret': '[redacted]',
    location: '[redacted]',
    'x-debug': '[redacted]',
    accept: 'text/csv',
  })
})
