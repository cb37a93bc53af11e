import { globSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { readSource, type Source } from './source.ts'

/** Tells the place and the problem of something that is not as it must be. */
export type Report = (place: string, problem: string) => void

/** The source files of a package, by their paths below `src/`. */
export interface SourceTree {
  /** The name of the package's folder. */
  readonly name: string
  /** The package's folder, from the root of the repository. */
  readonly folder: string
  readonly files: ReadonlyMap<string, Source>
}

/** Reads the sources of a package. */
export function readTree(root: string, folder: string): SourceTree {
  const src = join(root, folder, 'src')
  const paths = globSync('**/*', { cwd: src, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name).slice(src.length + 1)] : [],
  )
  return {
    name: basename(folder),
    folder,
    files: new Map(paths.sort().map((path) => [path, readSource(join(src, path))])),
  }
}

/** Whether a file is a test, of values or of types. */
export function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path)
}

/** Whether a file is there for tests alone. */
export function isForTests(path: string): boolean {
  return isTest(path) || path.split('/').includes('testing')
}

/** The file below `src/` that a file imports; `undefined` for a package. */
export function importedFile(from: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(from), specifier)) : undefined
}
