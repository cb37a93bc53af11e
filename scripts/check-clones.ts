/**
 * Fails where two adapters hold the same body: what two of them need belongs in core or in its `adapter-kit`. Set-ups of tests
 * count, tests do not, and within one package a repetition is that package's own affair.
 *
 * `.jscpd.json` says what is compared: code without comments and import lists. `capabilities.ts` is left out, because two vendors
 * may well be able to do the same. A clone is
 * - a run of 40 equal tokens over 5 lines or more, about eight lines of code. Shorter runs are idioms: a check that throws, a loop
 *   that collects. The shortest copies that stood in several adapters and should not have, a helper of the tests and a list of
 *   re-exported names, had 40 and 43 tokens;
 * - or a pair of functions of 60 tokens or more whose syntax trees are alike by 85 %: copies in which something was renamed. Four
 *   functions that began a call, and differed in a message and a type, had 68 to 116 tokens and were alike by 86 to 100 %. Shorter
 *   ones have the same form by nature: a method of an API that passes its arguments on.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'

/** A piece of a file, from one line to another. */
interface Piece {
  readonly name: string
  readonly start: number
  readonly end: number
}

interface Clone {
  /** Whether it is a pair of functions that are alike, and not a run of equal tokens. */
  readonly similar: boolean
  readonly tokens: number
  readonly pieces: readonly [Piece, Piece]
}

/** The least tokens of functions that are alike and not equal. */
const MIN_SIMILAR_TOKENS = 60

const root = resolve(import.meta.dirname, '..')
const found = findClones().filter(
  ({ similar, tokens, pieces: [one, other] }) =>
    packageOf(one) !== packageOf(other) && (!similar || tokens >= MIN_SIMILAR_TOKENS),
)
for (const { tokens, pieces } of found) {
  console.error(`${pieces.map(print).join(' and ')} are alike (${tokens} tokens)`)
}
if (found.length > 0) {
  console.error(`\n${found.length} bodies stand in two adapters: they belong in core or in adapter-kit.`)
  process.exitCode = 1
} else {
  console.log('No body stands in two adapters.')
}

function findClones(): readonly Clone[] {
  const folder = mkdtempSync(join(tmpdir(), 'clones-'))
  try {
    const { status, stderr, error } = spawnSync('jscpd', ['--fail-on-empty', '--output', folder], {
      cwd: root,
      encoding: 'utf8',
    })
    if (error) throw error
    if (status !== 0) throw new Error(`jscpd ended with ${status}: ${stderr}`)
    const report: unknown = JSON.parse(readFileSync(join(folder, 'jscpd-report.json'), 'utf8'))
    return list(read(report, 'duplicates')).map((clone) => ({
      similar: read(clone, 'kind') === 'similar',
      tokens: Number(read(clone, 'tokens')),
      pieces: [piece(read(clone, 'firstFile')), piece(read(clone, 'secondFile'))],
    }))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function piece(file: unknown): Piece {
  const name = read(file, 'name')
  if (typeof name !== 'string') throw new Error('The report of jscpd has another form than it had.')
  return { name: relative(root, name), start: Number(read(file, 'start')), end: Number(read(file, 'end')) }
}

/** The folder below `packages/`. */
function packageOf({ name }: Piece): string | undefined {
  return name.split('/')[1]
}

function print({ name, start, end }: Piece): string {
  return `${name}:${start}-${end}`
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error('The report of jscpd has another form than it had.')
  return value
}

function read(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}
