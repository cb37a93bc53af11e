import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const guide = new URL('../../../docs/guides/writing-an-adapter.md', import.meta.url)
const blocks = [...readFileSync(guide, 'utf8').matchAll(/^```ts(.*)\n([\s\S]*?)^```$/gm)].map((match) => ({
  file: String(match[1]).trim(),
  code: String(match[2]),
}))

describe('the guide', () => {
  it('shows all of the example but its tests', () => {
    const files = new Set(blocks.map(({ file }) => file))
    for (const name of ['capabilities', 'mapping', 'errors', 'adapter', 'index', 'conformance.test']) {
      expect(files).toContain(`src/${name}.ts`)
    }
  })

  it.each(blocks)('has the code of $file as it is', ({ file, code }) => {
    expect(file).toMatch(/^src\/[a-z.]+\.ts$/)
    const source = readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
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
