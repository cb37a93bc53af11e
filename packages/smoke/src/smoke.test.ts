import { describe, expect, it } from 'vitest'
import { judge, type Outcome, summarize } from './outcome.ts'
import { type Runtime, smoke } from './smoke.ts'

const held = { name: 'list gives everybody' }
const broken = { name: 'upsert tells what it did', problem: 'created instead of updated' }

/** A runtime of which the program gave these results in process. */
function runtime(name: string, results: readonly { name: string; problem?: string }[]): Runtime {
  return { name, version: async () => '1.2.3', ways: new Map([['in process', async () => results]]) }
}

const missing: Runtime = {
  name: 'Deno',
  ways: new Map([['in process', async () => [held]]]),
  async version() {
    throw new Error('it did not install on this machine.')
  },
}

describe('a program of which everything held', () => {
  it('makes a run that is ok, in CI too, with version, count and time', async () => {
    const { text, ok } = summarize(await smoke([runtime('Bun', [held])]), true)
    expect(ok).toBe(true)
    expect(text).toMatch(/^runtime {2}version {2}in process {3}socket {2}listen\(\) {2}ledger {2}cli$/m)
    expect(text).toMatch(/^Bun {6}1\.2\.3 {4}1 ok, 0\.0 s {2}– {7}– {9}– {7}–$/m)
  })
})

describe('a program that fails', () => {
  it.each([true, false])('makes the run fail and says what did not hold, CI %s', async (isCi) => {
    const { text, ok } = summarize(await smoke([runtime('Bun', [held, broken])]), isCi)
    expect(ok).toBe(false)
    expect(text).toContain('Bun, in process: upsert tells what it did: created instead of updated')
    expect(text).toMatch(/^Bun .*FAILED/m)
  })

  it('does so when it breaks off, and the other runtimes are run', async () => {
    const crashing: Runtime = {
      ...runtime('Bun', []),
      ways: new Map([['socket', () => Promise.reject(new Error('Segmentation fault'))]]),
    }
    const seen: string[] = []
    const outcomes = await smoke([crashing, runtime('Node 24', [held])], ({ name }) => seen.push(name))
    const { text, ok } = summarize(outcomes, false)
    expect(ok).toBe(false)
    expect(text).toContain('Bun, socket: Segmentation fault')
    expect(text).toMatch(/^Node 24 .*1 ok/m)
    expect(seen).toEqual(['Bun', 'Node 24'])
  })

  it('does so when it ran no check, or when nothing was run', async () => {
    const { text, ok } = summarize(await smoke([runtime('Bun', [])]), false)
    expect([ok, text]).toEqual([false, expect.stringContaining('The program ran no check.')])
    expect(summarize([], false).ok).toBe(false)
  })
})

describe('a runtime that is not here', () => {
  it('is a failure in CI', async () => {
    const { text, ok } = summarize(await smoke([missing, runtime('Bun', [held])]), true)
    expect(ok).toBe(false)
    expect(text).toContain('Deno was not found: it did not install on this machine.')
    expect(text).toMatch(/^Deno .*missing .*FAILED/m)
  })

  it('is skipped elsewhere, with why, and the others are run', async () => {
    const { text, ok } = summarize(await smoke([missing, runtime('Bun', [held])]), false)
    expect(ok).toBe(true)
    expect(text).toContain('Deno was skipped: it did not install on this machine.')
    expect(text).toMatch(/^Bun .*1 ok/m)
  })
})

describe('what is known not to hold', () => {
  it('is told and makes nothing fail', () => {
    const judged = judge([held, broken], [broken.name])
    expect(judged).toEqual({ passed: 1, problems: [], excepted: [broken.name] })
    const runs = new Map([['socket' as const, { ...judged, ms: 1000 }]])
    const outcomes: Outcome[] = [{ name: 'Chromium', version: '150', runs }]
    const { text, ok } = summarize(outcomes, true)
    expect(ok).toBe(true)
    expect(text).toContain('1 ok less 1, 1.0 s')
    expect(text).toContain(`Chromium, socket: known not to hold: ${broken.name}`)
  })

  it('is a problem when it holds, or is no check at all', () => {
    expect(judge([held], [held.name]).problems).toEqual([expect.stringContaining('it holds now')])
    expect(judge([held], ['something else']).problems).toEqual([expect.stringContaining('no such check')])
  })
})
