import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect, it } from 'vitest'
import { Scratch } from './scratch.ts'

/** Lines that make more text than is kept in memory. */
const lines = Array.from({ length: 3000 }, (_, at) => `${at} Zoë 小龍 ${'x'.repeat(4000)}`)

describe('Scratch', () => {
  it('gives back what was added, by partition and in order, however much it is', async () => {
    await using scratch = new Scratch(3)
    for (const [at, line] of lines.entries()) await scratch.add(at % 2, line)
    expect(await scratch.read(0)).toEqual(lines.filter((_, at) => at % 2 === 0))
    expect(await scratch.read(1)).toEqual(lines.filter((_, at) => at % 2 === 1))
    expect(await scratch.read(2)).toEqual([])
  })

  it('takes lines of several at once', async () => {
    await using scratch = new Scratch(2)
    const add = async (partition: number): Promise<void> => {
      for (const line of lines) await scratch.add(partition, line)
    }
    await Promise.all([add(0), add(1)])
    expect(await scratch.read(0)).toEqual(lines)
    expect(await scratch.read(1)).toEqual(lines)
  })

  it.runIf(process.platform === 'linux')(
    'leaves nothing to read, neither by name nor in its file',
    async () => {
      await using scratch = new Scratch(1)
      const before = readdirSync(tmpdir())
      for (const line of lines) await scratch.add(0, line)
      expect(
        readdirSync(tmpdir()).filter((name) => name.startsWith('anycontact-') && !before.includes(name)),
      ).toEqual([])
      const file = readdirSync('/proc/self/fd').find((fd) => linkOf(fd).includes('/anycontact-'))
      const content = readFileSync(`/proc/self/fd/${file}`)
      expect(content.length).toBeGreaterThan(4_000_000)
      expect(content.includes('xxxxxxxx')).toBe(false)
    },
  )
})

function linkOf(fd: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${fd}`)
  } catch {
    return ''
  }
}
