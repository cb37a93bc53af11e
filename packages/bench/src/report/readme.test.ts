import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { betweenMarks } from './guide.ts'
import { cellOf, figuresOf } from './readme.ts'

const root = new URL('../../../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')

const guide = `
<!-- bench:a -->

| listing | CPU, µs | of the loop |
| --- | ---: | ---: |
| stream: plain loop | 1.0 | 1.00 × |
| stream: **AnyContact** | 1.2 (1.1–1.3) | 1.20 × |

<!-- /bench:a -->
`

describe('cellOf', () => {
  it('finds a cell by its row and how its column begins', () => {
    expect(cellOf(guide, 'a', 'stream: AnyContact', 'of the')).toBe('1.20 ×')
    expect(cellOf(guide, 'a', 'stream: AnyContact', 'CPU')).toBe('1.2 (1.1–1.3)')
  })

  it('takes no other row that begins alike', () => {
    expect(() => cellOf(guide, 'a', 'stream', 'CPU')).toThrow('no "stream"')
  })

  it('fails where there is none, so that a renamed row is seen', () => {
    expect(() => cellOf(guide, 'a', 'pages', 'CPU')).toThrow('no "pages"')
    expect(() => cellOf(guide, 'a', 'stream: AnyContact', 'memory')).toThrow('with "memory"')
    expect(() => cellOf(guide, 'b', 'stream', 'CPU')).toThrow('There is no b')
  })
})

describe("README's figures", () => {
  it("are those of the guide's tables", () => {
    expect(betweenMarks(read('README.md'), 'figures')).toBe(figuresOf(read('docs/guides/performance.md')))
  })
})
