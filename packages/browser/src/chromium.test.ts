import { describe, expect, it } from 'vitest'
import { chromiumMissing, findChromium, launchChromium } from './chromium.ts'

const machine = (files: readonly string[], env: Record<string, string> = {}) => ({
  env,
  exists: (path: string) => files.includes(path),
})

describe('findChromium', () => {
  it('takes the path that is set, before those where packages put it', () => {
    const files = ['/opt/chrome', '/usr/bin/chromium']
    expect(findChromium(machine(files, { CHROMIUM_PATH: '/opt/chrome' }))).toBe('/opt/chrome')
    expect(findChromium(machine(files))).toBe('/usr/bin/chromium')
  })

  it('refuses a path that is set and leads nowhere, although there is another', () => {
    const wrong = machine(['/usr/bin/chromium'], { CHROMIUM_PATH: '/opt/chrome' })
    expect(() => findChromium(wrong)).toThrow('CHROMIUM_PATH is /opt/chrome')
  })
})

describe('a machine without Chromium', () => {
  it('skips with a reason, but not in CI', () => {
    expect(chromiumMissing(machine([]))).toContain('chromium')
    expect(chromiumMissing(machine([], { CI: 'true' }))).toBeUndefined()
    expect(chromiumMissing(machine(['/usr/bin/chromium']))).toBeUndefined()
  })

  it('fails with how to install one when it is started', async () => {
    await expect(launchChromium(machine([]))).rejects.toThrow('Install Debian’s package')
  })
})
