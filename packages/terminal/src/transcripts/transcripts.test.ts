import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPage } from './page.ts'
import { PAGES } from './pages.ts'
import { play } from './play.ts'
import { renewed, settled } from './same.ts'

test.each(PAGES.map((path) => ({ path, name: basename(path) })))(
  'what $name shows is what the program prints',
  async ({ path }) => {
    const page = readPage(readFileSync(path, 'utf8'))
    const commands = page.steps.flatMap((step) => (step.kind === 'command' ? [step] : []))
    const printed = await play(page)
    const asText = (outputs: readonly (readonly string[])[]): string =>
      commands.map(({ line }, at) => [`$ ${line}`, ...settled(outputs[at] ?? [])].join('\n')).join('\n')
    // Where it differs: `pnpm docs:transcripts` writes it anew.
    expect(asText(printed)).toBe(asText(commands.map(({ output }) => output)))
  },
)

const PAGE = `# A page

<!-- file notes.txt -->
\`\`\`text
one
\`\`\`

<!-- while {"press":{"keys":"y","after":"Sure?"}} -->
\`\`\`console
$ ask
Sure? y
\`\`\`

Text with $ signs.

\`\`\`console
$ cat notes.txt
one
$ true
\`\`\`

\`\`\`sh
not this
\`\`\`
`

describe('a page', () => {
  test('is read', () => {
    expect(readPage(PAGE).steps).toEqual([
      { kind: 'file', name: 'notes.txt', text: 'one\n' },
      {
        kind: 'command',
        line: 'ask',
        output: ['Sure? y'],
        happening: { press: { keys: 'y', after: 'Sure?' } },
      },
      { kind: 'command', line: 'cat notes.txt', output: ['one'], happening: {} },
      { kind: 'command', line: 'true', output: [], happening: {} },
    ])
  })

  test('stays as it is with the outputs that it has, and takes others', () => {
    const page = readPage(PAGE)
    expect(page.withOutputs([['Sure? y'], ['one'], []])).toBe(PAGE)
    expect(page.withOutputs([['Sure? y'], ['two', 'lines'], []])).toBe(
      PAGE.replace('cat notes.txt\none', 'cat notes.txt\ntwo\nlines'),
    )
  })

  test.each([
    ['```console\nno command\n```\n', 'begins with no command'],
    ['```console\n```\n', 'has no command'],
    ['<!-- while {} -->\n```console\n$ one\n$ two\n```\n', 'Which command'],
  ])('%j is refused', (text, message) => {
    expect(() => readPage(text)).toThrow(message)
  })
})

test('outputs that differ in how long something took are the same, and others are not', () => {
  expect(renewed([['3 in 1.2 s']], [['3 in 14 s']])).toEqual([['3 in 1.2 s']])
  expect(renewed([['3 in 1.2 s']], [['4 in 1.2 s']])).toEqual([['4 in 1.2 s']])
})
