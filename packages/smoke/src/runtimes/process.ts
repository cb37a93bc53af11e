import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Result } from '../../program/checking.js'
import type { Way } from '../outcome.ts'
import { runOrThrow } from '../run.ts'
import type { ServedEmulators } from '../served-emulators.ts'
import type { Runtime } from '../smoke.ts'
import { resultsIn } from './results.ts'

/** What a program that runs in a process needs. */
export interface ProcessSetting {
  /** The folder of the tools. */
  readonly modules: string
  /** The folder of the project that has the program. */
  readonly project: string
  readonly served: ServedEmulators
}

/** How a runtime is called. */
export interface Command {
  readonly name: string
  /** Its executable, below the folder of the tools. */
  readonly executable: string
  /** What stands before the path of the program. */
  readonly before?: readonly string[]
  /** Whether ledgers in a file and the command line are for it. */
  readonly hasFiles?: boolean
}

/** The runtimes that are processes: they can listen on a socket of their own. */
export const commands: readonly Command[] = [
  ...[20, 22, 24, 26].map((major) => ({
    name: `Node ${major}`,
    executable: `node${major}/bin/node`,
    hasFiles: true,
  })),
  { name: 'Bun', executable: '.bin/bun', hasFiles: true },
  // With the network and no other right: nothing of ours asks for the environment or for files.
  { name: 'Deno', executable: '.bin/deno', before: ['run', '--no-prompt', '--allow-net'] },
]

/** A runtime that is a process of its own. */
export function processRuntime(
  { name, executable, before = [], hasFiles = false }: Command,
  { modules, project, served }: ProcessSetting,
): Runtime {
  const path = join(modules, executable)
  const run = (file: string, ...args: string[]) => {
    return async () => {
      const program = join(project, 'program', file)
      return resultsIn(await runOrThrow(path, [...before, program, ...args], { cwd: project }))
    }
  }
  return {
    name,
    ways: new Map<Way, () => Promise<readonly Result[]>>([
      ['in process', run('main-in-process.js')],
      ['socket', run('main-socket.js', served.url, served.control)],
      ['listen()', run('main-listen.js')],
      ...(hasFiles
        ? ([
            ['ledger', run('main-ledger.js')],
            ['cli', run('main-cli.js')],
          ] as const)
        : []),
    ]),
    async version() {
      if (!existsSync(path)) {
        throw new Error(
          `it did not install on this machine. packages/smoke/tools lists it; remove that folder’s node_modules to try again.`,
        )
      }
      return /\d+\.\d+\.\d+/.exec(await runOrThrow(path, ['--version']))?.[0] ?? '?'
    },
  }
}
