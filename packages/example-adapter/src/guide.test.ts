import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const guide = new URL('../../../docs/guides/writing-an-adapter.md', import.meta.url)
const blocks = [...readFileSync(guide, 'utf8').matchAll(/^```ts(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  file: String(match[1]).trim(),
  code: String(match[2]),
}))
/** Those that are parts of files; the others stand for themselves, and `check:examples` compiles them. */
const quotes = blocks.filter(({ file }) => file !== '')

const files = readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
const sources = files.filter((file) => /\.ts$/.test(file) && !/\.test(-d)?\.ts$|^testing/.test(file))

const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8')

describe('the guide', () => {
  it.each(sources)('shows every line of src/%s but its imports', (file) => {
    const shown = new Set(
      quotes.filter((quote) => quote.file === `src/${file}`).flatMap(({ code }) => code.split('\n')),
    )
    const lines = read(file).split('\n')
    expect(lines.filter((line) => !line.startsWith('import ') && !shown.has(line) && line !== '')).toEqual([])
  })

  it('shows how the suite is called, and tests with the clock', () => {
    expect(quotes.map(({ file }) => file)).toContain('src/conformance.test.ts')
    expect(quotes.some(({ file, code }) => file.endsWith('.test.ts') && code.includes('clock.settle('))).toBe(
      true,
    )
  })

  it.each(quotes)('has the code of $file as it is', ({ file, code }) => {
    expect(file).toMatch(/^src\/[a-z/.-]+\.ts$/)
    const source = read(file.replace('src/', ''))
    // A line `// …` stands for what is left out.
    const parts = code.split(/^ *\/\/ …\n/m).filter((part) => part.trim() !== '')
    expect(parts).not.toEqual([])
    let from = 0
    for (const part of parts) {
      const found = source.indexOf(part, from)
      expect(found, `not in ${file}, or not in this order:\n${part}`).toBeGreaterThanOrEqual(0)
      from = found + part.length
    }
  })
})
