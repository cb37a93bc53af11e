import { describe, expect, it } from 'vitest'
import { checkAll, checkCount, type Measured, measure, measureOnce, mostDamaged } from './programs.ts'

const nothing = { module: 'imports', program: 'nothing', environment: {} }

const measured = (
  ...samples: readonly { readonly items: number; readonly damaged?: number }[]
): Measured => ({
  ...nothing,
  samples: samples.map((figures) => ({ cpuMs: 1, wallMs: 1, peakMiB: 1, ...figures })),
})

describe('measure', () => {
  it('runs each program so often, and gives what else is said of it back', async () => {
    const [first, second] = await measure(
      [
        { ...nothing, label: 'a' },
        { ...nothing, label: 'b' },
      ],
      3,
    )
    expect([first?.label, second?.label]).toEqual(['a', 'b'])
    expect([first?.samples.length, second?.samples.length]).toEqual([3, 3])
  })

  it('tells which program fails, and what it says', async () => {
    const failing = { module: 'memory', program: 'streamRaw', environment: {} }
    await expect(measureOnce(failing)).rejects.toThrow(/^memory.js streamRaw ended with 1\.\n.*--expose-gc/s)
    const missing = { ...nothing, program: 'nope', nodeOptions: ['--expose-gc'] }
    await expect(measureOnce(missing)).rejects.toThrow('imports.js nope ended with 1.')
  })

  it('tells by which signal a program was ended, as for too much memory', async () => {
    const preload = `data:text/javascript,process.kill(process.pid,'SIGKILL')`
    await expect(measureOnce({ ...nothing, nodeOptions: ['--import', preload] })).rejects.toThrow('SIGKILL')
  })
})

describe('checkAll', () => {
  it('passes what has each contact, and none damaged', () => {
    expect(() => checkAll(measured({ items: 3, damaged: 0 }, { items: 3 }), 3)).not.toThrow()
  })

  it('names the program that leaves one out or damages one in any run', () => {
    expect(() => checkAll(measured({ items: 3 }, { items: 2 }), 3)).toThrow(
      'imports.js nothing has 2 contacts instead of 3.',
    )
    expect(() => checkAll(measured({ items: 3 }, { items: 3, damaged: 1 }), 3)).toThrow('damages 1')
  })
})

it('lets a table show what is damaged', () => {
  const damaging = measured({ items: 3, damaged: 1 }, { items: 3, damaged: 2 })
  expect(() => checkCount(damaging, 3)).not.toThrow()
  expect(mostDamaged(damaging)).toBe(2)
})
