import { createTestClock } from '@anycontact/core/adapter-kit'
import { describe, expect, it } from 'vitest'
import { createProgress, progressLine } from './progress.ts'

function createShown(isTerminal: boolean, env: Record<string, string> = {}) {
  const written: string[] = []
  const clock = createTestClock()
  const stderr = {
    isTerminal,
    columns: 60,
    isGone: () => false,
    write: async (text: string) => void written.push(text),
  }
  return { written, clock, progress: createProgress({ stderr, clock, env }) }
}

describe('progress', () => {
  it('is one line: a bar where the whole is known, a count where it is not', () => {
    expect(progressLine({ title: 'Importing', done: 500, total: 2000, note: '3 refused' })).toBe(
      'Importing  ██████░░░░░░░░░░░░░░░░░░  25 %  500 of 2,000  3 refused',
    )
    expect(progressLine({ title: 'Reading', done: 1234 })).toBe('Reading  1,234')
    expect(progressLine({ title: 'Reading', done: 12, total: 10 })).toContain('100 %')
  })

  it('gives the numbers the room of the bar where the terminal is narrow', () => {
    const state = { title: 'Importing', done: 500, total: 2000, note: '3 refused' }
    expect(progressLine(state, 50)).toBe('Importing  ██░░░░░░  25 %  500 of 2,000  3 refused')
    expect(progressLine(state, 40)).toBe('Importing  25 %  500 of 2,000  3 refused')
  })

  it('is drawn at most ten times a second, and taken away at the end', async () => {
    const { written, clock, progress } = createShown(true, { NO_COLOR: '1' })
    for (let done = 1; done <= 50; done++) {
      progress.update({ title: 'Reading', done })
      await clock.advance(10)
    }
    await progress.end()
    expect(written.filter((text) => text.includes('Reading'))).toHaveLength(5)
    expect(written.at(-1)).toBe('\r\u001b[2K')
  })

  it('gives way to a line that is to stay, which comes in a pipe too', async () => {
    const { written, progress } = createShown(true, { NO_COLOR: '1' })
    progress.update({ title: 'Importing', done: 1 })
    progress.say('It waits.')
    progress.update({ title: 'Importing', done: 2 })
    await progress.end()
    const clear = '\r\u001b[2K'
    expect(written).toEqual([`${clear}Importing  1`, `${clear}It waits.\n`, `${clear}Importing  2`, clear])
    const pipe = createShown(false)
    pipe.progress.say('It waits.')
    await pipe.progress.end()
    expect(pipe.written).toEqual(['It waits.\n'])
  })

  it('is not there in a pipe, nor on a terminal that cannot go back in its line', async () => {
    for (const { written, progress } of [createShown(false), createShown(true, { TERM: 'dumb' })]) {
      progress.update({ title: 'Reading', done: 1 })
      await progress.end()
      expect(written).toEqual([])
    }
  })
})
