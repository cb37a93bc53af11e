import { globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The repository's folder. */
export const ROOT: string = resolve(import.meta.dirname, '../../..')

/** A package that is published. */
export interface Published {
  /** The name users install. */
  readonly name: string
  /** Its folder, from the repository's: `packages/core`. */
  readonly folder: string
  /** Its folder on this machine. */
  readonly path: string
  readonly manifest: Readonly<Record<string, unknown>>
}

/** The packages that are published, sorted by folder. */
export function publishedPackages(): readonly Published[] {
  return globSync('packages/*/package.json', { cwd: ROOT })
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((file) => {
      const manifest = readObject(join(ROOT, file))
      const folder = dirname(file)
      return { name: String(manifest.name), folder, path: join(ROOT, folder), manifest }
    })
    .filter(({ manifest }) => manifest.private !== true)
}

/** Reads a file that holds a JSON object. */
export function readObject(path: string): Readonly<Record<string, unknown>> {
  return toObject(JSON.parse(readFileSync(path, 'utf8')))
}

/** The value as an object; what is none has no members. */
export function toObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
