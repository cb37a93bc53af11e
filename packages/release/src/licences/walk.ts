import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readObject, toObject } from '../published.ts'

/** A package that users of ours install with it. */
export interface Installed {
  readonly name: string
  readonly version: string
  readonly licence: string
  /** The packages that ask for it, ours or others. */
  readonly neededBy: readonly string[]
}

/** A package to begin with. */
export interface Start {
  readonly name: string
  readonly path: string
}

/**
 * Everything that is installed with some packages: their dependencies, and those of these, as they stand in `node_modules`. A peer or an
 * optional dependency counts where it is there, and a dependency that is not there is an error.
 */
export function installedWith(starts: readonly Start[]): readonly Installed[] {
  const found = new Map<string, Installed>()
  const ours = new Set(starts.map(({ path }) => realpathSync(path)))
  const walk = (name: string, path: string): void => {
    const manifest = readObject(join(path, 'package.json'))
    const needed = Object.keys(toObject(manifest.dependencies))
    const wanted = ['optionalDependencies', 'peerDependencies'].flatMap((kind) =>
      Object.keys(toObject(manifest[kind])),
    )
    for (const dependency of new Set([...needed, ...wanted])) {
      const at = findFrom(path, dependency)
      if (at === undefined) {
        if (needed.includes(dependency))
          throw new Error(`${dependency}, which ${name} needs, is not installed.`)
        continue
      }
      if (ours.has(at)) continue
      const before = found.get(at)
      found.set(at, { ...(before ?? read(at)), neededBy: [...(before?.neededBy ?? []), name] })
      if (before === undefined) walk(dependency, at)
    }
  }
  for (const { name, path } of starts) walk(name, realpathSync(path))
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function read(path: string): Omit<Installed, 'neededBy'> {
  const manifest = readObject(join(path, 'package.json'))
  const { license } = manifest
  const licence = typeof license === 'string' ? license : String(toObject(license).type ?? 'none')
  return { name: String(manifest.name), version: String(manifest.version), licence }
}

/** Where a package finds another, as Node looks for it. */
function findFrom(path: string, name: string): string | undefined {
  for (let folder = path; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(join(candidate, 'package.json'))) return realpathSync(candidate)
    if (folder === dirname(folder)) return undefined
  }
}
