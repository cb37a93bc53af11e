import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alone } from './once.ts'
import { pnpm, root } from './pnpm.ts'

/** What `node_modules` holds is not in git. */
const cache = fileURLToPath(new URL('../node_modules/.cache/packed', import.meta.url))

/** The tarballs of all published packages: the path of each by the package's name, such as `@anycontact/core`. */
export type Tarballs = ReadonlyMap<string, string>

/**
 * Packs every package that is published, as `pnpm publish` would: `workspace:` and `catalog:` become versions, and only what
 * `files` names goes in. What was packed before is used again until a file of it changes, by other processes too.
 *
 * @throws Error when a package has not been built.
 */
export async function packAll(): Promise<Tarballs> {
  const packages = publishedPackages()
  for (const { name, folder } of packages) {
    if (!existsSync(join(folder, 'dist'))) throw new Error(`${name} is not built. Run \`pnpm build\` first.`)
  }
  const target = join(cache, fingerprint(packages.map(({ folder }) => folder)))
  const list = join(target, 'tarballs.json')
  await alone(join(dirname(cache), 'packing'), async () => {
    if (existsSync(list)) return
    await rm(cache, { recursive: true, force: true })
    const unfinished = `${target}.unfinished`
    await mkdir(unfinished, { recursive: true })
    const filters = packages.flatMap(({ name }) => ['--filter', name])
    await pnpm(['-r', ...filters, 'pack', '--pack-destination', unfinished], { cwd: root })
    const files = packages.map(({ name, version }): [string, string] => [name, tarballName(name, version)])
    await writeFile(join(unfinished, 'tarballs.json'), JSON.stringify(files))
    await rename(unfinished, target)
  })
  const files = JSON.parse(readFileSync(list, 'utf8')) as [string, string][]
  return new Map(files.map(([name, file]) => [name, join(target, file)]))
}

/** A package of the repository that is published. */
export interface PublishedPackage {
  readonly name: string
  readonly version: string
  readonly folder: string
}

/** The packages that are published: all that are not private. */
export function publishedPackages(): readonly PublishedPackage[] {
  return globSync('packages/*/package.json', { cwd: root })
    .sort()
    .flatMap((path): readonly PublishedPackage[] => {
      const manifest = JSON.parse(readFileSync(join(root, path), 'utf8')) as {
        name: string
        version: string
        private?: boolean
      }
      if (manifest.private) return []
      return [{ name: manifest.name, version: manifest.version, folder: dirname(join(root, path)) }]
    })
}

function tarballName(name: string, version: string): string {
  return `${name.replace('@', '').replace('/', '-')}-${version}.tgz`
}

/** Of everything that can go into a tarball, and of the file with the catalog's versions. */
function fingerprint(folders: readonly string[]): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'pnpm-workspace.yaml')))
  for (const folder of folders) {
    for (const path of globSync(['*.{json,md}', 'LICENSE', '{dist,src}/**/*.*'], { cwd: folder }).sort()) {
      hash.update(`${path}\0`).update(readFileSync(join(folder, path)))
    }
  }
  return hash.digest('hex').slice(0, 16)
}
