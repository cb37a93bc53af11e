import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The root of the repository. */
export const ROOT: string = resolve(import.meta.dirname, '../..')

/** Where the repository is. */
export const REPOSITORY = 'https://github.com/anycontact/anycontact'

/** A package that is published. */
export interface PublicPackage {
  name: string
  version: string
  /** From the root, with slashes. */
  folder: string
}

interface PackageJson {
  name: string
  version: string
  private?: boolean
  bin?: unknown
}

const read = <T>(path: string): T => JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as T

/** The packages that are published, by name. */
export function publicPackages(): PublicPackage[] {
  const packages: PublicPackage[] = []
  for (const file of globSync('packages/*/package.json', { cwd: ROOT }).sort()) {
    const { name, version, private: hidden } = read<PackageJson>(file)
    if (!hidden) packages.push({ name, version, folder: dirname(file).replaceAll('\\', '/') })
  }
  return packages
}

/** A door of a package: what is imported, and the source behind it. */
export interface Door {
  /** What is imported, for example `@anycontact/core/adapter-kit`. */
  name: string
  package: PublicPackage
  /** The absolute path of its source. */
  source: string
}

/**
 * The doors of all published packages, those first that are to be the home of a name: core, then the vendors' faces, then the
 * main entries, which hand on names of the others.
 */
export function publicDoors(): Door[] {
  const { compilerOptions } = read<{ compilerOptions: { paths: Record<string, [string]> } }>(
    'tsconfig.base.json',
  )
  const doors: Door[] = []
  for (const each of publicPackages()) {
    for (const [name, [source]] of Object.entries(compilerOptions.paths)) {
      const own = name === each.name || name.startsWith(`${each.name}/`)
      if (own && !name.includes('*')) doors.push({ name, package: each, source: resolve(ROOT, source) })
    }
  }
  const rank = ({ name }: Door): number =>
    name === '@anycontact/core' ? 0 : name.startsWith('@anycontact/core/') ? 1 : name.endsWith('/api') ? 2 : 3
  return doors.sort((one, other) => rank(one) - rank(other))
}

/** Whether the playground is part of this repository; its page is then linked to. */
export const HAS_PLAYGROUND: boolean = existsSync(join(ROOT, 'packages/playground/package.json'))
