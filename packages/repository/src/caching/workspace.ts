import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ROOT, shortName } from './plan.ts'

/** A package of the workspace. */
export interface Member {
  /** Its name without the scope. */
  readonly name: string
  /** Its whole name. */
  readonly fullName: string
  /** Its folder, from the repository's. */
  readonly folder: string
  /** The packages of the workspace that it names, for whatever purpose. */
  readonly named: readonly string[]
  /** Those that it needs when it is used. */
  readonly needed: readonly string[]
}

/** The packages of the workspace. */
export function members(): readonly Member[] {
  return globSync(['packages/*/package.json', 'docs/package.json'], { cwd: ROOT }).map((file) => {
    const manifest: Manifest = JSON.parse(readFileSync(join(ROOT, file), 'utf8'))
    const needed = inWorkspace(manifest.dependencies)
    return {
      name: shortName(manifest.name),
      fullName: manifest.name,
      folder: dirname(file).replaceAll('\\', '/'),
      needed,
      named: [...needed, ...inWorkspace(manifest.devDependencies)],
    }
  })
}

/** The packages that a member's programs and tests can load: those that it names, and those that these need. */
export function loadedBy(member: Member, all: readonly Member[]): ReadonlySet<string> {
  const loaded = new Set<string>()
  const visit = (name: string): void => {
    if (loaded.has(name)) return
    loaded.add(name)
    for (const next of all.find((other) => other.name === name)?.needed ?? []) visit(next)
  }
  for (const name of member.named) visit(name)
  return loaded
}

interface Manifest {
  readonly name: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

function inWorkspace(dependencies: Readonly<Record<string, string>> = {}): readonly string[] {
  return Object.entries(dependencies)
    .filter(([, range]) => range.startsWith('workspace:'))
    .map(([name]) => shortName(name))
}
