import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { failed } from '../checks.ts'
import { createScreen } from '../terminal/screen.ts'
import { displayWidth } from '../terminal/text.ts'
import { attempt } from './attempt.ts'
import { checkSyncing } from './checks.ts'
import { runSyncingPart, type SyncingSize } from './part.ts'
import { printSyncing } from './print.ts'

const SIZE: SyncingSize = { contacts: 400, killAt: [100, 250], changedShare: 0.01 }

/** The program runs from the sources, as everything that is tested. */
const SOURCES = fileURLToPath(new URL('../../../../scripts/flow/resolve-sources.ts', import.meta.url))
const execArgv = ['--import', SOURCES]

const output: string[] = []
const stream = { isTTY: true, columns: 80, write: (text: string) => output.push(text) }
const part = await printSyncing(createScreen(stream, { TERM: 'xterm' }), 14, (onProgress) =>
  runSyncingPart(SIZE, { now: () => performance.now(), onProgress, execArgv }),
)
const printed = stripVTControlCharacters(output.join(''))

test('a sync that is killed twice loses and doubles nothing, and writes only what changed', () => {
  expect(failed(checkSyncing(part, SIZE))).toEqual([])
})

describe('the checks fail for', () => {
  test.each([
    ['a contact that was lost', { ...part, target: { ...part.target, contacts: 399, found: 399 } }],
    ['one that came twice', { ...part, target: { ...part.target, contacts: 401 } }],
    ['a write without a change', { ...part, second: { ...part.second, writes: 5 } }],
    ['a start that nobody killed', { ...part, starts: part.starts.slice(1) }],
  ])('%s', (_, changed) => {
    expect(failed(checkSyncing(changed, SIZE))).not.toEqual([])
  })
})

test('the output fits a narrow terminal, with a bar, each start and both runs', () => {
  for (const line of printed.split(/[\r\n]/)) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  expect(printed).toMatch(/█+ +100 % {2}400 of 400/)
  expect(printed).toMatch(/^ {3}1 +killed: SIGKILL +1\d\d {2}/m)
  expect(printed).toMatch(/^ {3}3 +by itself +400 {2}/m)
  expect(printed).toMatch(/^ {3}created +400 +0$/m)
  expect(printed).toMatch(/^ {3}unchanged +0 +396$/m)
})

test('a program that cannot run says why', async () => {
  const start = { url: 'no address', ledger: ':memory:', execArgv }
  await expect(attempt(start, { onProgress() {} })).rejects.toThrow(/ended with 1\..*baseUrl/s)
})
