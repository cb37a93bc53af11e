import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, request } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import packageJson from '../package.json' with { type: 'json' }

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const children: ChildProcess[] = []
/** Inside the package, so that the program finds its dependencies. */
let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(ROOT, 'node_modules', 'bin-test-'))
  await build({ cwd: ROOT, config: true, outDir: folder, dts: false, logLevel: 'warn' })
})

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})

// Windows keeps the files of a program that has just been ended for a moment.
afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))

/** Starts the program; what it writes can be waited for. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [join(folder, 'bin.js'), ...args], { cwd: folder })
  children.push(child)
  const output = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text) => (output.out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output.err += text))
  const exit = once(child, 'exit').then(([code, signal]) => ({ code, signal }))
  const closed = once(child, 'close')
  return {
    child,
    output,
    exit,
    /** What it wrote by its end, and its exit code. */
    async end() {
      const [code] = await closed
      return { code, ...output }
    },
    /** Waits until it has written something. */
    async wrote(text: RegExp) {
      const found = () => output.out.match(text)
      while (found() === null) await Promise.race([once(child.stdout, 'data'), gone()])
      return found()?.[0] ?? ''
    },
  }
  async function gone(): Promise<never> {
    throw new Error(`It ended, ${JSON.stringify(await exit)}: ${output.err}`)
  }
}

async function serving(...args: string[]) {
  const program = start('--port', '0', ...args)
  await program.wrote(/stops it/)
  return { ...program, url: await program.wrote(/http:\/\/127\.0\.0\.1:\d+/) }
}

const secret = { headers: { authorization: 'Bearer sk-emulator' } }

test('--version and --help', async () => {
  expect(await start('--version').end()).toEqual({ code: 0, out: `${packageJson.version}\n`, err: '' })
  expect(await start('--help').end()).toMatchObject({ code: 0, out: expect.stringContaining('--seed') })
})

test('a port that is taken is one plain line', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const port = Object(taken.address()).port
  const { code, out, err } = await start('--port', `${port}`).end()
  taken.close()
  expect([code, out]).toEqual([1, ''])
  expect(err).toBe(
    `Port ${port} of 127.0.0.1 is in use. Name another with --port; --port 0 takes a free one.\n`,
  )
})

test('an address that this machine has not is one plain line', async () => {
  const { code, err } = await start('--port', '0', '--host', '192.0.2.1').end()
  expect([code, err.split('\n')]).toEqual([
    1,
    [expect.stringContaining('--host 192.0.2.1 is no address of this machine'), ''],
  ])
})

// Windows has no signals: there a program is ended without being told; and pipes end in another way.
const withSignals = test.skipIf(process.platform === 'win32')

withSignals.each(['SIGINT', 'SIGTERM'] as const)(
  '%s ends it at once, an open request or not',
  async (signal) => {
    const { child, exit, url } = await serving()
    const stuck = request(`${url}/v1/contact/create`, { method: 'POST', headers: { 'content-length': 9 } })
    const broken = once(stuck, 'error').catch((error: unknown) => error)
    stuck.flushHeaders()
    await fetch(`${url}/v1/contact/list`, secret)
    child.kill(signal)
    expect(await exit).toEqual({ code: 0, signal: null })
    await broken
  },
)

withSignals('a reader of its output that goes away ends it without a stack', async () => {
  const { child, exit, output, url } = await serving('--log')
  child.stdout.destroy()
  // The line of this request is the first that nobody reads.
  await fetch(`${url}/v1/contact/list`, secret).catch(() => {})
  expect(await exit).toEqual({ code: 0, signal: null })
  expect(output.err).toBe('')
})

test('--seed starts with the records of a file, and a reset goes back to them', async () => {
  const file = join(folder, 'seed.json')
  await writeFile(file, JSON.stringify({ chatbotkit: [{ id: 'c1', name: 'Ana' }] }))
  const { url, output } = await serving('--seed', file)
  expect(output.out).toMatch(/ChatBotKit.*1 contact\b/)
  const names = async () => {
    const response = await fetch(`${url}/v1/contact/list`, secret)
    return Object(await response.json()).items.map(({ name }: { name: string }) => name)
  }
  const created = await fetch(`${url}/v1/contact/create`, {
    method: 'POST',
    headers: { ...secret.headers, 'content-type': 'application/json' },
    body: '{"name":"Bo"}',
  })
  expect(created.ok).toBe(true)
  expect(await names()).toEqual(['Bo', 'Ana'])
  expect((await fetch(`${url}/emulator/reset`, { method: 'POST' })).status).toBe(204)
  expect(await names()).toEqual(['Ana'])
})

test('what is wrong with a file of seeds is one plain line', async () => {
  const file = join(folder, 'wrong.json')
  await writeFile(file, JSON.stringify({ chatbotkit: [{ name: 'Ana' }, { emali: 'Bo' }] }))
  const { code, err } = await start('--seed', file).end()
  expect(code).toBe(1)
  expect(err).toMatch(/wrong\.json: chatbotkit\[1\]\.emali: unknown field\. Did you mean "email"\?.*\n$/)
  expect(err.trim()).not.toContain('\n')
})

test('--log writes one line for each request', async () => {
  const { url, wrote } = await serving('--log')
  await fetch(`${url}/v1/contact/list?meta.plan=pro`, secret)
  await fetch(`${url}/elsewhere`)
  expect(await wrote(/.*meta.*\n/)).toMatch(
    /^\S+Z chatbotkit GET \/v1\/contact\/list\?meta\.plan=… 200 \d+ ms\n$/,
  )
  expect(await wrote(/.*elsewhere.*\n/)).toMatch(/^\S+Z emulator GET \/elsewhere 404 \d+ ms\n$/)
})
