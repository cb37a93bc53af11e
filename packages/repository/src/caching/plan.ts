import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join, posix } from 'node:path'

/** A task of turbo's: what its result depends on. */
interface Task {
  readonly hash: string
  /** Files, from the repository's folder. */
  readonly inputs: ReadonlySet<string>
  readonly dependencies: readonly string[]
  /** Whether there is something to run, and not only something to wait for. */
  readonly runs: boolean
}

/** The tasks of a repository by their ids: `@anycontact/core#test`. */
export type Plan = ReadonlyMap<string, Task>

interface DryRun {
  readonly globalCacheInputs: { readonly files: Readonly<Record<string, string>> }
  readonly tasks: readonly {
    readonly taskId: string
    readonly hash: string
    readonly inputs: Readonly<Record<string, string>>
    readonly dependencies: readonly string[]
    readonly directory: string
    readonly command: string
  }[]
}

const require = createRequire(import.meta.url)

/** Asks turbo what it would run. */
export function planOf(repository: string): Plan {
  const args = ['run', 'test', 'typecheck', 'build', 'check:package', 'docs']
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [require.resolve('turbo/bin/turbo'), '--skip-infer', '--cwd', repository, ...args, '--dry=json'],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  )
  if (status !== 0) throw new Error(`turbo ended with ${status}: ${stderr}`)
  const { globalCacheInputs, tasks }: DryRun = JSON.parse(stdout)
  const global = Object.keys(globalCacheInputs.files)
  return new Map(
    tasks.map(({ taskId, hash, inputs, dependencies, directory, command }) => {
      const own = Object.keys(inputs).map((path) => posix.join(directory.replaceAll('\\', '/'), path))
      const task = {
        hash,
        inputs: new Set([...own, ...global]),
        dependencies,
        runs: command !== '<NONEXISTENT>',
      }
      return [taskId, task]
    }),
  )
}

/**
 * The tasks of one name that have to run again when a file changes, by their packages without the scope.
 *
 * @param file - from the repository's folder
 */
export function runAgain(plan: Plan, file: string, name: string): readonly string[] {
  const found = new Map<string, boolean>()
  const isTouched = (id: string): boolean => {
    const known = found.get(id)
    if (known !== undefined) return known
    const task = plan.get(id)
    if (task === undefined) throw new Error(`${id} is not in the plan.`)
    const touched = task.inputs.has(file) || task.dependencies.some(isTouched)
    found.set(id, touched)
    return touched
  }
  return packagesOf(plan, name, isTouched)
}

/** The tasks of one name whose hashes differ between two plans, by their packages without the scope. */
export function differing(before: Plan, after: Plan, name: string): readonly string[] {
  return packagesOf(before, name, (id) => before.get(id)?.hash !== after.get(id)?.hash)
}

function packagesOf(plan: Plan, name: string, isWanted: (id: string) => boolean): readonly string[] {
  return [...plan]
    .filter(([id, { runs }]) => runs && id.endsWith(`#${name}`) && isWanted(id))
    .map(([id]) => shortName(id.slice(0, -`#${name}`.length)))
    .sort()
}

/** The name of a package without the scope, which all have but the command line. */
export function shortName(name: string): string {
  return name.replace(/^@anycontact\//, '')
}

/** Where the repository is. */
export const ROOT: string = join(import.meta.dirname, '../../../..')
