import { expect, test } from 'vitest'
import { createScreen, type OutputStream } from './screen.ts'

function stream(more: Partial<OutputStream> = {}): OutputStream & { readonly written: string[] } {
  const written: string[] = []
  return { written, write: (text) => written.push(text), ...more }
}

test.each([
  ['a pipe', {}, 100],
  ['a wide terminal', { isTTY: true, columns: 220 }, 100],
  ['a narrow terminal', { isTTY: true, columns: 90 }, 90],
  ['a tiny terminal', { isTTY: true, columns: 20 }, 80],
  ['a terminal that does not know', { isTTY: true, columns: 0 }, 100],
])('the width of %s', (_, options, width) => {
  expect(createScreen(stream(options), {}).width).toBe(width)
})

test('a pipe is plain: no colours, nothing printed over', () => {
  const screen = createScreen(stream(), {})
  expect(screen.redraws).toBe(false)
  expect(screen.style.red('text')).toBe('text')
})

test('a terminal has colours and can be printed over; with NO_COLOR only the latter', () => {
  const screen = createScreen(stream({ isTTY: true }), { TERM: 'xterm' })
  expect(screen.redraws).toBe(true)
  expect(screen.style.red('text')).not.toBe('text')
  const grey = createScreen(stream({ isTTY: true }), { TERM: 'xterm', NO_COLOR: '1' })
  expect(grey.redraws).toBe(true)
  expect(grey.style.red('text')).toBe('text')
})

test('lines have a margin, empty ones have not', () => {
  const out = stream()
  createScreen(out, {}).lines(['one', '', 'two'])
  expect(out.written.join('')).toBe('   one\n\n   two\n')
})
