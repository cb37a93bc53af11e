/**
 * Makes `import '@anycontact/…'` mean the package's sources, as `paths` of tsconfig.base.json say, so that no build stands between
 * a change and its figures. Load it before the program: `node --import ./scripts/flow/resolve-sources.ts …`.
 */
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const root = new URL('../../', import.meta.url)
const sources = readPaths(new URL('tsconfig.base.json', root))

registerHooks({
  resolve(specifier, context, nextResolve) {
    const source = sources.get(specifier)
    return nextResolve(source === undefined ? specifier : new URL(source, root).href, context)
  },
})

function readPaths(file: URL): ReadonlyMap<string, string> {
  const config: unknown = JSON.parse(readFileSync(file, 'utf8'))
  const paths = Object.entries(record(record(record(config).compilerOptions).paths))
  return new Map(
    paths.map(([name, targets]) => [name, String(Array.isArray(targets) ? targets[0] : targets)]),
  )
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
