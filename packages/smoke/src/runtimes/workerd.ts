import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { runOrThrow } from '../run.ts'
import type { Runtime } from '../smoke.ts'
import { bundle } from './bundle.ts'
import type { ProcessSetting } from './process.ts'
import { resultsIn } from './results.ts'

/** Cloudflare's runtime: a worker does what a request asks of it. */
export function workerdRuntime(setting: ProcessSetting): Runtime {
  const { modules, project, served } = setting
  const path = join(modules, '.bin', 'workerd')
  const folder = join(project, 'workerd')
  const run = (parameters: Record<string, string>) => async () => {
    await mkdir(folder, { recursive: true })
    await bundle(setting, 'worker.js', join(folder, 'worker.js'), ['workerd', 'worker'])
    await copyFile(join(project, 'program', 'workerd.capnp'), join(folder, 'workerd.capnp'))
    const address = `127.0.0.1:${await freePort()}`
    return resultsIn(await asked(path, folder, address, new URLSearchParams(parameters)))
  }
  return {
    name: 'workerd',
    ways: new Map([
      ['in process', run({})],
      ['socket', run({ url: served.url, control: served.control })],
    ]),
    async version() {
      if (!existsSync(path))
        throw new Error('it did not install on this machine. packages/smoke/tools lists it.')
      return (await runOrThrow(path, ['--version'])).replace('workerd', '').trim()
    },
  }
}

async function asked(path: string, cwd: string, address: string, query: URLSearchParams): Promise<string> {
  const args = ['serve', 'workerd.capnp', `--socket-addr=http=${address}`]
  const server = spawn(path, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  server.stdout.on('data', (chunk: Buffer) => (said += chunk))
  server.stderr.on('data', (chunk: Buffer) => (said += chunk))
  const ended = new Promise<never>((_, reject) => {
    server.on('error', reject)
    server.on('exit', (code) => reject(new Error(`workerd ended with ${code}.\n${said}`)))
  })
  try {
    return await Promise.race([answered(`http://${address}/?${query}`), ended])
  } finally {
    ended.catch(() => {})
    server.kill('SIGKILL')
  }
}

/** Asks until somebody listens. */
async function answered(url: string): Promise<string> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(120_000) })
      return await answer.text()
    } catch (error) {
      const isThere = !(error instanceof TypeError && error.message === 'fetch failed')
      if (isThere || waitedMs > 10_000) throw error
      await sleep(100)
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('The system gave no port.')
  return address.port
}
