import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Tarballs } from './pack.ts'
import { pnpm } from './pnpm.ts'
import { runOrThrow } from './run.ts'

/** What a throw-away project has. */
export interface ProjectOptions {
  /** The packed packages, of `packAll`. */
  readonly tarballs: Tarballs
  /** Which of ours it depends on, by their whole names, such as `@anycontact/chatbotkit`. */
  readonly packages: readonly string[]
  /** Other packages that it depends on, and their versions. */
  readonly dependencies?: Readonly<Record<string, string>>
  /** Its files, by their paths. */
  readonly files?: Readonly<Record<string, string>>
  /** The fields of its `package.json`; `"type": "module"` when absent. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** What installs it. `pnpm` when absent: no package can then use what it does not declare. */
  readonly installer?: 'npm' | 'pnpm'
}

/** A project in a folder of its own below the system's temporary one, until it is disposed of. */
export interface Project extends AsyncDisposable {
  /** Its folder, with symbolic links resolved. */
  readonly folder: string
}

/**
 * Makes a throw-away project that has installed the packed packages. What they need of each other comes from the tarballs too,
 * what they need of others from the package manager's store where it is there.
 *
 * @example
 * ```ts
 * await using project = await makeProject({
 *   tarballs: await packAll(),
 *   packages: ['@anycontact/memory'],
 *   files: { 'main.js': "import { memory } from '@anycontact/memory'; console.log(await memory().count())" },
 * })
 * console.log(await runOrThrow('node', ['main.js'], { cwd: project.folder }))
 * ```
 */
export async function makeProject(options: ProjectOptions): Promise<Project> {
  const { tarballs, packages, installer = 'pnpm' } = options
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'anycontact-project-')))
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true })
  try {
    const ours = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]))
    const dependencies = { ...options.dependencies }
    for (const name of packages) {
      const source = ours[name]
      if (source === undefined) throw new Error(`There is no tarball of ${name}.`)
      dependencies[name] = source
    }
    const manifest = {
      name: 'anycontact-project',
      version: '0.0.0',
      private: true,
      type: 'module',
      ...options.manifest,
      dependencies,
      ...(installer === 'npm' ? { overrides: ours } : {}),
    }
    const files = { 'package.json': JSON.stringify(manifest, null, 2), ...options.files }
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true })
      await writeFile(join(folder, path), text)
    }
    if (installer === 'npm') {
      await runOrThrow('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder })
    } else {
      const settings = {
        packages: [],
        overrides: ours,
        verifyDepsBeforeRun: false,
        pmOnFail: 'ignore',
        // BullMQ's encoder can be compiled to be faster, and pnpm wants to be told whether it may.
        allowBuilds: { 'msgpackr-extract': false },
      }
      // JSON is YAML too.
      await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify(settings))
      await pnpm(['install', '--prefer-offline', '--no-frozen-lockfile'], { cwd: folder })
    }
  } catch (error) {
    await dispose()
    throw error
  }
  return { folder, [Symbol.asyncDispose]: dispose }
}
