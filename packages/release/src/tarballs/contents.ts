import { posix } from 'node:path'
import { toObject } from '../published.ts'

/** What a tarball may hold, by paths inside it. */
const ALLOWED: readonly RegExp[] = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/([\w-]+\/)*[\w-]+\.(js|d\.ts)$/,
]

/** What only the repository needs. */
const FOR_TESTS = /\.test|\.spec|(^|\/)(testing|tests?|fixtures?|__\w+__)(\/|$)/

/** What a path leads to in another file of the package: `from './x.js'`, `import('./x.js')`. */
const RELATIVE = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g

/**
 * What is wrong with a tarball: files that no user needs or that are missing, maps that lead nowhere, and ranges that only the workspace
 * understands.
 *
 * @param files - the text of each file, by its path in the tarball
 */
export function tarballProblems(files: ReadonlyMap<string, string>): readonly string[] {
  const manifest = toObject(JSON.parse(files.get('package.json') ?? '{}'))
  const problems: string[] = []
  for (const path of files.keys()) {
    if (FOR_TESTS.test(path)) problems.push(`${path} is for tests`)
    else if (!ALLOWED.some((allowed) => allowed.test(path)))
      problems.push(`${path} is nothing that users need`)
  }
  const needed = ['README.md', 'LICENSE', ...(manifest.version === '0.0.0' ? [] : ['CHANGELOG.md'])]
  for (const path of needed) if (!files.has(path)) problems.push(`${path} is missing`)
  problems.push(...unreachable(files, manifest), ...unknownRanges(manifest))
  for (const [path, text] of files) {
    const map = /^\/\/# sourceMappingURL=(.+)$/m.exec(text)?.[1]
    if (map && !files.has(posix.join(posix.dirname(path), map)))
      problems.push(`${path} names ${map}, which is not there`)
  }
  return problems
}

/** Files that package.json, or a file that it leads to, names and that are not there; and files of `dist` that nothing leads to. */
function unreachable(
  files: ReadonlyMap<string, string>,
  manifest: Readonly<Record<string, unknown>>,
): string[] {
  const problems: string[] = []
  const seen = new Set<string>()
  const follow = (path: string, from: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    const text = files.get(path)
    if (text === undefined) {
      problems.push(`${from} names ${path}, which is not there`)
      return
    }
    if (path.endsWith('.json')) return
    for (const [, target = ''] of text.matchAll(RELATIVE)) {
      const whole = posix.join(posix.dirname(path), target)
      follow(path.endsWith('.d.ts') ? whole.replace(/\.js$/, '.d.ts') : whole, path)
    }
  }
  const { exports, bin, types, browser } = manifest
  for (const named of [...leaves({ exports, bin, types }), ...Object.keys(toObject(browser))])
    follow(posix.normalize(named), 'package.json')
  for (const path of files.keys()) {
    const declares = path.endsWith('.d.ts') && seen.has(path.replace(/\.d\.ts$/, '.js'))
    if (path.startsWith('dist/') && !seen.has(path) && !declares)
      problems.push(
        `nothing leads to ${path}; if an earlier build left it, \`turbo run build --force\` does not`,
      )
  }
  return problems
}

function unknownRanges(manifest: Readonly<Record<string, unknown>>): string[] {
  return ['dependencies', 'peerDependencies', 'optionalDependencies'].flatMap((kind) =>
    Object.entries(toObject(manifest[kind]))
      .filter(([, range]) => typeof range !== 'string' || /^(workspace|catalog|file|link):/.test(range))
      .map(([name, range]) => `${kind} has ${name} at ${String(range)}`),
  )
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return Object.values(toObject(value)).flatMap(leaves)
}
