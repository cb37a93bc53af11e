import { describe, expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'

const LIST = ['list', '--emulator', '--provider', 'chatbotkit'] as const
const COLUMNS = [...LIST, '--columns', 'name,email'] as const

/** What a program would make a terminal do. */
const ESCAPE = '\u001b'

const NAMES = [
  { name: '山田太郎', email: 'yamada@example.jp' },
  { name: 'Ana Souza', email: 'ana@example.com' },
  { name: 'Zoe\u0301 Brown', email: 'zoe@example.com' },
  { name: '👩‍🚀 Mae', email: 'mae@example.com' },
]

/** Names that rename the window, clear the screen, colour all that follows, go back over what stands there, and turn text round. */
const HOSTILE = [
  `${ESCAPE}]0;owned\u0007Ada`,
  `Bo${ESCAPE}[2J${ESCAPE}[H`,
  `Cy${ESCAPE}[31m`,
  'Di\rEvil\b\b',
  'Ed\u009b2J\u009d0;owned\u009c',
  'Flo\u202eevil',
]

describe.each(NODES)('on $name', (node) => {
  test('contacts are a table on a terminal', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed(NAMES)
    await using terminal = scene.terminal(COLUMNS, { columns: 60 })
    expect(await terminal.ended()).toEqual({ code: 0, signal: 0 })
    const lines = await terminal.lines()
    expect(lines).toHaveLength(1 + NAMES.length)
    expect(lines[0]).toMatch(/^name +email$/)
    // By the terminal's own measure, in which a wide character takes two cells.
    const [[column] = [], ...others] = await Promise.all(
      ['email', 'yamada@', 'ana@', 'zoe@'].map((text) => terminal.columnsOf(text)),
    )
    expect(others).toEqual([[column], [column], [column]])
  })

  test('and NDJSON in a pipe, the same with --json on a terminal', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed(NAMES)
    const { code, stdout, stderr } = await scene.piped(COLUMNS)
    expect([code, stderr]).toEqual([0, ''])
    const read = stdout
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(read).toHaveLength(NAMES.length)
    expect(read).toEqual(expect.arrayContaining(NAMES))
    await using terminal = scene.terminal([...COLUMNS, '--json'], { columns: 200 })
    await terminal.ended()
    expect(terminal.raw.replaceAll('\r\n', '\n')).toBe(stdout)
  })

  test('what a contact is called cannot steer the terminal', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed(HOSTILE.map((name) => ({ name })))
    await using terminal = scene.terminal([...LIST, '--columns', 'name'], { env: { NO_COLOR: '1' } })
    await terminal.ended()
    expect(terminal.raw.replaceAll('\r\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u)
    expect(terminal.titles).toEqual([])
    const lines = await terminal.lines()
    expect(lines).toHaveLength(1 + HOSTILE.length)
    for (const text of ['owned', 'Ada', 'Bo', 'Cy', 'Di', 'Ed', 'Flo'])
      expect(lines.some((line) => line.includes(text))).toBe(true)
  })
})

test('a table is no wider than the terminal', async () => {
  await using scene = await Scene.create()
  scene.emulator.chatbotkit.seed([
    ...NAMES,
    { name: '長'.repeat(60), email: `${'long'.repeat(20)}@example.com`, description: 'word '.repeat(50) },
  ])
  for (const columns of [40, 100]) {
    await using terminal = scene.terminal([...LIST, '--columns', 'name,email,note'], { columns })
    await terminal.ended()
    // A line that is too long would go on in the next one.
    const lines = await terminal.lines()
    expect(lines).toHaveLength(2 + NAMES.length)
    expect(lines.some((line) => line.includes('…'))).toBe(true)
    // With more room more is shown.
    expect(Math.max(...lines.map((line) => line.length))).toBeGreaterThan(columns / 2)
  }
})

describe('colours', () => {
  async function printed(env: Readonly<Record<string, string>>): Promise<string> {
    await using scene = await Scene.create()
    scene.emulator.chatbotkit.seed(NAMES)
    await using terminal = scene.terminal(COLUMNS, { env })
    await terminal.ended()
    expect(terminal.raw).toContain('Ana Souza')
    return terminal.raw
  }

  test('are there on a terminal', async () => {
    expect(await printed({})).toContain(`${ESCAPE}[`)
  })

  test.each([{ NO_COLOR: '1' }, { TERM: 'dumb' }])('are not there with %o', async (env) => {
    expect(await printed(env)).not.toContain(ESCAPE)
  })

  test('are not there in a pipe, not even in a table', async () => {
    await using scene = await Scene.create()
    scene.emulator.chatbotkit.seed(NAMES)
    const { stdout, stderr } = await scene.piped([...COLUMNS, '--format', 'table'])
    expect(stdout).toMatch(/^name +email\n/)
    expect(stdout + stderr).not.toContain(ESCAPE)
  })

  test('of an error are those of where it goes', async () => {
    await using scene = await Scene.create()
    await using terminal = scene.shell('anycontact list --emulator --provider nobody > data')
    expect((await terminal.ended()).code).toBe(2)
    expect(terminal.raw).toContain(`${ESCAPE}[`)
    await using dull = scene.shell('anycontact list --emulator --provider nobody 2> errors; cat errors')
    await dull.ended()
    expect(dull.raw).toContain('nobody')
    expect(dull.raw).not.toContain(ESCAPE)
  })
})
