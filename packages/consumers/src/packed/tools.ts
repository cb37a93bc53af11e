import { readFileSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { installTools, run } from '@anycontact/smoke'
import { MissingTool } from './check.ts'

/** The compilers and runtimes of `packages/smoke/tools`. */
export interface Tools {
  /** Puts packages where a project finds them: `links` has the names of the tools by those that the project uses. */
  link(folder: string, links: Readonly<Record<string, string>>): Promise<void>
  /** The path of a compiler's script, once it has told its version. */
  compiler(version: string): Promise<string>
  /** The path of Node's program of a major version, once it has told its version. */
  node(major: number): Promise<string>
}

/** Installs them where that has not been done; where it cannot be, each one that is asked for is missing. */
export async function findTools(): Promise<Tools> {
  const modules = await installTools().catch((error: unknown) => {
    return new MissingTool(`The tools cannot be installed: ${error instanceof Error ? error.message : error}`)
  })
  const path = (name: string): string => {
    if (modules instanceof MissingTool) throw modules
    return join(modules, name)
  }
  const known = new Map<string, Promise<string>>()
  const once = (key: string, find: () => Promise<string>): Promise<string> => {
    const found = known.get(key) ?? find()
    known.set(key, found)
    return found
  }
  return {
    async link(folder, links) {
      for (const [name, tool] of Object.entries(links)) {
        const link = join(folder, 'node_modules', name)
        await mkdir(dirname(link), { recursive: true })
        await symlink(path(tool), link, 'junction')
      }
    },
    compiler: (version) =>
      once(`typescript-${version}`, async () => {
        const script = join(path(`typescript-${version}`), 'bin/tsc')
        await requireVersion(
          `TypeScript ${version}`,
          process.execPath,
          [script, '--version'],
          `Version ${version}.`,
        )
        return script
      }),
    node: (major) =>
      once(`node${major}`, async () => {
        const program = join(path(`node${major}`), 'bin/node')
        await requireVersion(`Node ${major}`, program, ['--version'], `v${major}.`)
        return program
      }),
  }
}

async function requireVersion(
  name: string,
  program: string,
  args: readonly string[],
  start: string,
): Promise<void> {
  const { code, output } = await run(program, args).catch((error: unknown) => ({
    code: 1,
    output: String(error),
  }))
  if (code !== 0 || !output.trim().startsWith(start)) {
    throw new MissingTool(`${name} is not on this machine: it does not tell its version.\n${output.trim()}`)
  }
}

/** The text of a file below `fixtures`. */
export function fixture(path: string): string {
  return readFileSync(join(import.meta.dirname, '../../fixtures', path), 'utf8')
}
