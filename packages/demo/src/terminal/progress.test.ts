import { expect, test } from 'vitest'
import { createProgressBar } from './progress.ts'
import { createStyle } from './style.ts'

function run(redraws: boolean, total: number): string[] {
  const written: string[] = []
  const bar = createProgressBar({
    write: (text) => written.push(text),
    redraws,
    style: createStyle(false),
    indent: '  ',
  })
  for (let done = 1; done <= total; done++) bar.update({ done, total })
  return written
}

test('prints a few lines where a line cannot be printed over', () => {
  expect(run(false, 1000)).toEqual([
    '   25 %  250 of 1,000\n',
    '   50 %  500 of 1,000\n',
    '   75 %  750 of 1,000\n',
    '  100 %  1,000 of 1,000\n',
  ])
})

test('draws its line over, once a percent, and ends it', () => {
  const written = run(true, 1000)
  expect(written).toHaveLength(101)
  expect(written.every((text) => text.startsWith('\r  '))).toBe(true)
  expect(written[49]).toBe(`\r  ${'█'.repeat(19)}${'░'.repeat(21)}  49 %  490 of 1,000`)
  expect(written.at(-1)).toBe(`\r  ${'█'.repeat(40)} 100 %  1,000 of 1,000\n`)
  expect(written.filter((text) => text.endsWith('\n'))).toHaveLength(1)
})

test('a line that is drawn over is never longer than the one that replaces it', () => {
  const lengths = run(true, 1000).map(({ length }) => length)
  expect(lengths).toEqual([...lengths].sort((a, b) => a - b))
})

test('needs no escape codes', () => {
  expect(run(true, 10).join('')).not.toContain('\u001b')
})
