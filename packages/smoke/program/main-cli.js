// For Node and Bun: the command line, as it is installed, run by the runtime that runs this.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { equal, holds, runChecks } from './checking.js'

/** @import { Check } from './checking.js' */

const bin = fileURLToPath(new URL('../node_modules/anycontact/dist/bin.js', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'anycontact-cli-'))

/** @param {string[]} args */
const anycontact = (...args) => anycontactWith('', ...args)

/**
 * @param {string} input
 * @param {string[]} args
 */
function anycontactWith(input, ...args) {
  // A configuration in TypeScript imports what the command line has, though nothing is installed beside it.
  const env = { PATH: process.env.PATH, HOME: folder, ANYCONTACT_TRIED: 'memory' }
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    input,
  })
  return { status, stdout, stderr }
}

/** @type {Check[]} */
const checks = [
  {
    name: 'it says its version, and its commands with their examples',
    async run() {
      const { status, stdout } = anycontact('--version')
      equal([status, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true], 'version')
      const help = anycontact('list', '--help')
      holds(help.status === 0 && help.stdout.includes('$ anycontact list'), help.stderr)
    },
  },
  {
    name: 'it lists the contacts of an emulator in its own process',
    async run() {
      const { status, stdout, stderr } = anycontact(
        'list',
        '--emulator',
        '--provider',
        'chatbotkit',
        '--limit',
        '3',
      )
      equal([status, stdout.trimEnd().split('\n').length], [0, 3], stderr)
      for (const line of stdout.trimEnd().split('\n')) equal(JSON.parse(line).provider, 'chatbotkit', line)
    },
  },
  {
    name: 'it reads a configuration in TypeScript',
    async run() {
      writeFileSync(
        join(folder, 'anycontact.config.ts'),
        `import { defineConfig } from 'anycontact'
         import { memory } from '@anycontact/memory'
         const name: string = process.env.ANYCONTACT_TRIED ?? ''
         export default defineConfig({ providers: { [name]: memory() } })`,
      )
      const { status, stdout, stderr } = anycontact('list')
      equal([status, stdout, stderr], [0, '', ''], 'the list of an empty store')
    },
  },
  {
    name: 'it imports a file through a ledger, and the ledger stays',
    async run() {
      writeFileSync(join(folder, 'people.csv'), 'Name;E-mail\nAna;ana@example.com\nBo;nobody\n')
      const { status, stdout, stderr } = anycontact('import', 'people.csv', '--by', 'email', '--json')
      equal(status, 1, stderr)
      const { created, refused } = JSON.parse(stdout)
      equal([created, refused], [1, 1], stdout)
      holds(existsSync(join(folder, '.anycontact/ledger.db')), 'the ledger is there')
      holds(
        readFileSync(join(folder, 'people.refused.csv'), 'utf8').includes('Bo;nobody'),
        'so is what was refused',
      )
    },
  },
  {
    name: 'it answers a client of the Model Context Protocol',
    async run() {
      const hello = {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'smoke', version: '1.0.0' },
      }
      const message = { jsonrpc: '2.0', id: 1, method: 'initialize', params: hello }
      const { status, stdout, stderr } = anycontactWith(`${JSON.stringify(message)}\n`, 'mcp')
      equal([status, JSON.parse(stdout).result.serverInfo.name], [0, 'anycontact'], stderr)
    },
  },
  {
    name: 'it refuses what it does not know with 2',
    async run() {
      const { status, stdout, stderr } = anycontact('lst')
      equal([status, stdout], [2, ''], stderr)
    },
  },
]

try {
  console.log(JSON.stringify(await runChecks(checks)))
} finally {
  rmSync(folder, { recursive: true, force: true })
}
