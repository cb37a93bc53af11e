import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isForTests, type Report, type SourceTree } from './tree.ts'

/** Files outside the rooms that every adapter has. */
const FILES = [
  'README.md',
  'LICENSE',
  'package.json',
  'tsconfig.json',
  'tsdown.config.ts',
  'vitest.config.ts',
  'src/conformance.test.ts',
  'src/testing/setup.ts',
]

/** Sections that a reader finds on the page of every adapter. */
const SECTIONS = [
  '## Options',
  '## What it can do',
  '## How fields map',
  '## What to know',
  "## The vendor's own API",
]

/** What the adapters' package.json say alike. */
const ALIKE = ['type', 'sideEffects', 'engines', 'types', 'files', 'publishConfig', 'scripts', 'license']

const DEPENDENCIES = ['@anycontact/core', 'valibot']

/** Names that are not there on every runtime. */
const OF_NODE = ['Buffer', 'process', 'require', '__dirname', '__filename']

/**
 * Checks the files, the page and the package.json of an adapter.
 *
 * @param model - the folder of the adapter that the others are held against
 */
export function checkPackage(
  root: string,
  { name, folder }: SourceTree,
  model: string,
  report: Report,
): void {
  for (const file of FILES) {
    if (!existsSync(join(root, folder, file))) report(`${folder}/${file}`, 'is missing')
  }
  const page = `${folder}/README.md`
  const text = existsSync(join(root, page)) ? readFileSync(join(root, page), 'utf8') : ''
  for (const section of SECTIONS) if (!text.includes(`\n${section}\n`)) report(page, `has no "${section}"`)

  const file = `${folder}/package.json`
  const found = readObject(join(root, file))
  const wanted = readObject(join(root, model, 'package.json'))
  if (found.name !== `@anycontact/${name}`) report(file, `calls the package ${String(found.name)}`)
  for (const key of ALIKE) {
    if (JSON.stringify(found[key]) !== JSON.stringify(wanted[key]))
      report(file, `differs in "${key}" from ${model}`)
  }
  // Below `./api/` each has the modules that its vendor's package has.
  const shared = (exports: unknown): string =>
    JSON.stringify(Object.entries(Object(exports)).filter(([path]) => !path.startsWith('./api/')))
  if (shared(found.exports) !== shared(wanted.exports)) report(file, `differs in "exports" from ${model}`)
  for (const dependency of Object.keys(Object(found.dependencies))) {
    if (!DEPENDENCIES.includes(dependency))
      report(file, `depends on ${dependency}; an adapter needs ${DEPENDENCIES.join(' and ')}`)
  }
}

/** Checks what a user imports: the factories under names made alike, and core's main entry whole. */
export function checkIndex({ name, folder, files }: SourceTree, report: Report): void {
  const index = files.get('index.ts')
  if (!index) return
  const place = `${folder}/src/index.ts`
  const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  for (const symbol of [camel, `${camel}Adapter`]) {
    if (!index.exported.has(symbol)) report(place, `does not export ${symbol}`)
  }
  const fromCore = index.reexports.filter(({ from }) => from === '@anycontact/core')
  if (!fromCore.some(({ whole }) => whole)) report(place, "has no `export * from '@anycontact/core'`")
  if (fromCore.some(({ whole }) => !whole))
    report(place, 'lists names of core, all of which `export *` exports')
}

/** Checks that a package runs wherever there are web APIs. */
export function checkRuntime({ folder, files }: SourceTree, report: Report): void {
  for (const [path, { imports, names }] of files) {
    if (isForTests(path)) continue
    const used = [
      ...imports.filter((specifier) => specifier.startsWith('node:')),
      ...OF_NODE.filter((name) => names.has(name)),
    ]
    for (const name of used)
      report(`${folder}/src/${path}`, `uses ${name}, which is not there on every runtime`)
  }
}

/** Checks that one file of a program alone has to do with its process, so that tests can run all the others in theirs. */
export function checkProcess({ folder, files }: SourceTree, bin: string, report: Report): void {
  for (const [path, { names, imports }] of files) {
    if (isForTests(path) || path === bin) continue
    if (names.has('process') || imports.includes('node:process'))
      report(`${folder}/src/${path}`, `has to do with the process, which ${bin} alone may`)
  }
}

/** Of what is published, the one package that depends on adapters: it is for people who choose a provider by its name. */
const OVER_ADAPTERS = 'cli'

/** Checks that dependencies point one way: nothing that is published depends on an adapter but the command line. */
export function checkDependencies(
  root: string,
  { name, folder }: SourceTree,
  adapters: readonly string[],
  report: Report,
): void {
  const file = `${folder}/package.json`
  const manifest = readObject(join(root, file))
  if (manifest.private === true || name === OVER_ADAPTERS) return
  for (const kind of ['dependencies', 'peerDependencies', 'optionalDependencies']) {
    for (const dependency of Object.keys(Object(manifest[kind]))) {
      if (adapters.some((adapter) => dependency === `@anycontact/${adapter}`))
        report(file, `depends on ${dependency}; of what is published only ${OVER_ADAPTERS} does on adapters`)
    }
  }
}

function readObject(path: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'))
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
