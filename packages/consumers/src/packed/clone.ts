import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run, runOrThrow } from '@anycontact/smoke'
import type { Check } from './check.ts'
import { blockOf } from './guide.ts'

const GUIDE = 'installing-from-a-clone'
const root = resolve(import.meta.dirname, '../../../..')

const PROGRAM = `
import { chatbotkit, exportCsv } from '@anycontact/chatbotkit'
import { CHATBOTKIT_SECRET, createEmulator } from '@anycontact/emulator'
import { copyContacts, memory } from '@anycontact/memory'

const contacts = memory({ contacts: [{ externalId: 'user-42', name: 'Ana' }] })
const target = chatbotkit({ secret: CHATBOTKIT_SECRET, fetch: createEmulator().chatbotkit.fetch })
const { created } = await copyContacts(contacts, target)
let csv = ''
for await (const text of exportCsv(target, { columns: ['name'] })) csv += text
console.log(created, JSON.stringify(csv), import.meta.resolve('@anycontact/chatbotkit').includes('node_modules'))
`
const PRINTED = '1 "name\\r\\nAna\\r\\n" true'

/**
 * The guide's own commands, in an empty folder: pack, install by either package manager, and run a program.
 *
 * @param isNightly - whether what is packed is a clone, as the guide says, and not this repository as it is
 */
export function cloneChecks(isNightly: boolean): readonly Check[] {
  return (['npm', 'pnpm'] as const).map((installer) => ({
    subject: `clone, ${installer}`,
    setting: isNightly ? 'the guide, with a clone' : 'the guide, with this repository',
    run: () => follow(installer, isNightly),
  }))
}

async function follow(installer: 'npm' | 'pnpm', isNightly: boolean): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'anycontact-clone-')))
  try {
    const app = join(folder, 'my-app')
    await mkdir(app)
    await writeFile(
      join(app, 'package.json'),
      JSON.stringify({ name: 'my-app', private: true, type: 'module' }),
    )
    const packing = packCommands(folder, isNightly)
    await shell(packing, isNightly ? folder : root)
    await shell(withPnpm(blockOf(GUIDE, `Install with ${installer}`, 'sh')), app)
    await writeFile(join(app, 'main.js'), PROGRAM)
    const { code, output } = await run(process.execPath, ['main.js'], { cwd: app })
    if (code !== 0 || output.trim() !== PRINTED) throw new Error(output)
    await requireTarballs(app, installer)
    return ''
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The guide's first block. Without a clone, this repository stands for it, and the project is where the test has it. */
function packCommands(folder: string, isNightly: boolean): string {
  const commands = blockOf(GUIDE, 'Pack', 'sh')
  const clone = /^git clone \S+$/m
  if (!clone.test(commands)) throw new Error('The guide does not clone.')
  if (isNightly) return commands.replace(clone, `git clone --quiet ${quoted(root)} anycontact`)
  const lines = commands.split('\n').filter((line) => !clone.test(line) && !line.startsWith('cd '))
  return lines.join('\n').replace('../my-app', join(folder, 'my-app'))
}

/** Core is from the tarball too: nothing came from a registry in its place. */
async function requireTarballs(app: string, installer: 'npm' | 'pnpm'): Promise<void> {
  const lockfile = installer === 'npm' ? 'package-lock.json' : 'pnpm-lock.yaml'
  const text = await readFile(join(app, lockfile), 'utf8')
  for (const name of ['core', 'chatbotkit', 'memory', 'emulator']) {
    if (!text.includes(`file:anycontact/${name}.tgz`))
      throw new Error(`${name} is not of the tarball.\n${text}`)
  }
}

/** The guide's reader has pnpm; a machine that tests may not. */
function withPnpm(commands: string): string {
  return commands.replaceAll(/^pnpm /gm, 'npx -y pnpm@12.21.0 ')
}

async function shell(commands: string, cwd: string): Promise<void> {
  await runOrThrow('sh', ['-euc', commands], { cwd, timeoutMs: 600_000 })
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`
}
