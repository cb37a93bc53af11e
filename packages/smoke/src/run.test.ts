import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it, vi } from 'vitest'
import { run, runOrThrow } from './run.ts'

const node = (program: string, options?: Parameters<typeof run>[2]) =>
  run(process.execPath, ['-e', program], options)

describe('run', () => {
  it('gives the exit code and all that was written', async () => {
    const { code, output } = await node('console.log(1); console.error(2); process.exitCode = 3')
    expect([code, output.split('\n').sort()]).toEqual([3, ['', '1', '2']])
  })

  it('passes folder and environment', async () => {
    const { output } = await node('console.log(process.env.SMOKE, process.cwd())', {
      cwd: '/',
      env: { SMOKE: 'yes' },
    })
    expect(output).toBe('yes /\n')
  })

  it('fails for what cannot be started, and for what does not end', async () => {
    await expect(run('/nowhere/at/all', [])).rejects.toThrow('ENOENT')
    const endless = node('console.log("begun"); setInterval(() => {}, 1000)', { timeoutMs: 1000 })
    await expect(endless).rejects.toThrow(/did not end within 1 s\.\nbegun/)
  })
})

it('ends what a program has started too', async () => {
  const endless = 'setInterval(() => {}, 1000)'
  const started = `require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(endless)}], { stdio: "inherit" })`
  await expect(node(started, { timeoutMs: 1000 })).rejects.toThrow('did not end within 1 s.')
})

it('ends what it runs when somebody presses Ctrl-C', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'anycontact-run-'))
  const file = join(folder, 'beats')
  const beating = `setInterval(() => require('node:fs').appendFileSync(${JSON.stringify(file)}, '.'), 20)`
  const runUrl = new URL('run.ts', import.meta.url).href
  const program = `import(${JSON.stringify(runUrl)}).then(({ run }) => run(process.execPath, ['-e', ${JSON.stringify(beating)}]))`
  const child = spawn(process.execPath, ['-e', program], { stdio: 'inherit' })
  const beats = async (): Promise<number> => (await readFile(file, 'utf8')).length
  await vi.waitFor(beats, 5000)
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([null, 'SIGINT'])
  const before = await beats()
  await sleep(300)
  expect(await beats()).toBeLessThanOrEqual(before + 1)
  await rm(folder, { recursive: true })
})

describe('runOrThrow', () => {
  it('fails with the output of what fails', async () => {
    const failing = runOrThrow(process.execPath, ['-e', 'console.log("why"); process.exit(4)'])
    await expect(failing).rejects.toThrow(/ended with 4\.\nwhy/)
  })
})
