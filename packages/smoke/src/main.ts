// Runs the program on every runtime, from the packed packages: `pnpm smoke`, or `pnpm smoke bun deno` for those alone.
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Outcome, summarize } from './outcome.ts'
import { packAll } from './pack.ts'
import { makeProject } from './project.ts'
import { chromiumRuntime } from './runtimes/chromium.ts'
import { commands, type ProcessSetting, processRuntime } from './runtimes/process.ts'
import { workerdRuntime } from './runtimes/workerd.ts'
import { serveEmulators } from './served-emulators.ts'
import { type Runtime, smoke } from './smoke.ts'
import { installTools, toolsFolder } from './tools.ts'

const wanted = process.argv.slice(2).map((name) => name.toLowerCase())

/** What the program does not import: one needs a test runner, the other a server. */
const APART: readonly string[] = ['@anycontact/conformance', '@anycontact/sync-bullmq']
const isForPrograms = (name: string): boolean => !APART.includes(name)

async function main(): Promise<boolean> {
  try {
    await installTools()
  } catch (error) {
    // Each runtime that is not there says so itself.
    console.error(error instanceof Error ? error.message : error)
  }
  const tarballs = await packAll()
  await using project = await makeProject({
    tarballs,
    packages: [...tarballs.keys()].filter(isForPrograms),
    // An optional peer of @anycontact/sync: Node 20 has no SQLite of its own.
    dependencies: { libsql: '0.5.29' },
  })
  const program = fileURLToPath(new URL('../program', import.meta.url))
  await cp(program, join(project.folder, 'program'), { recursive: true })
  await using served = await serveEmulators()
  const setting = { modules: join(toolsFolder, 'node_modules'), project: project.folder, served }
  const runtimes = allRuntimes(setting).filter(({ name }) => isWanted(name))
  const outcomes = await smoke(runtimes, progress)
  const { text, ok } = summarize(outcomes, Boolean(process.env.CI))
  console.log(`\n${text}`)
  return ok
}

function allRuntimes(setting: ProcessSetting): readonly Runtime[] {
  return [
    ...commands.map((command) => processRuntime(command, setting)),
    workerdRuntime(setting),
    chromiumRuntime(setting),
  ]
}

function isWanted(name: string): boolean {
  return wanted.length === 0 || wanted.some((word) => name.toLowerCase().replace(' ', '').startsWith(word))
}

function progress(outcome: Outcome): void {
  console.log(`${outcome.name} ${'missing' in outcome ? 'is missing' : 'was run'}`)
}

if (!(await main())) process.exitCode = 1
