/**
 * Checks that every adapter package has the same files, exports and scripts, so that who knows one knows them all.
 * An adapter package is one whose sources have an `api` folder.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const adapters = globSync('packages/*/src/api/index.ts', { cwd: root }).map((file) =>
  dirname(dirname(dirname(file))),
)

const files = (name: string): string[] => [
  'README.md',
  'LICENSE',
  'package.json',
  'tsconfig.json',
  'tsdown.config.ts',
  'typedoc.json',
  'vitest.config.ts',
  'src/index.ts',
  'src/adapter.ts',
  `src/${name}.ts`,
  'src/capabilities.ts',
  'src/conformance.test.ts',
  'src/errors.ts',
  'src/errors.test.ts',
  'src/mapping.ts',
  'src/options.ts',
  'src/testing/setup.ts',
  'src/api/index.ts',
  'src/api/client.ts',
  'src/api/types.ts',
  'src/api/wire.ts',
]

/** Sections that a reader finds on the page of every adapter. */
const sections = [
  '## Options',
  '## What it can do',
  '## How fields map',
  '## What to know',
  "## The vendor's own API",
]

/** Longer files have a seam somewhere. */
const MAX_LINES = 400

const problems: string[] = []
const report = (place: string, problem: string): void => {
  problems.push(`${place}: ${problem}`)
}

/** The one that the others are held against; they may re-export more of core, where their vendor has more. */
const model = 'packages/chatbotkit'
if (!adapters.includes(model)) throw new Error(`${model} was not found.`)

for (const folder of adapters) {
  const name = basename(folder)
  const at = (file: string): string => join(root, folder, file)
  for (const file of files(name)) if (!existsSync(at(file))) report(folder, `has no ${file}`)
  checkPackage(folder, name)
  const readme = existsSync(at('README.md')) ? readFileSync(at('README.md'), 'utf8') : ''
  for (const section of sections)
    if (!readme.includes(`\n${section}\n`)) report(folder, `README.md has no "${section}"`)
  checkExports(folder, name)
  for (const file of globSync('src/**/*.ts', { cwd: join(root, folder) })) {
    const lines = readFileSync(at(file), 'utf8').split('\n').length - 1
    if (lines > MAX_LINES && !/\.test(-d)?\.ts$/.test(file))
      report(folder, `${file} has ${lines} lines; the most is ${MAX_LINES}`)
    if (
      /\bfrom 'node:|\brequire\(|\bBuffer\b|\bprocess\b/.test(withoutComments(at(file))) &&
      !/\.test(-d)?\.ts$|testing\//.test(file)
    ) {
      report(folder, `${file} uses something that is not there on every runtime`)
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exitCode = 1
} else {
  console.log(`${adapters.length} adapter packages are laid out alike.`)
}

function checkPackage(folder: string, name: string): void {
  const wanted = JSON.parse(readFileSync(join(root, model, 'package.json'), 'utf8'))
  const found = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  if (found.name !== `@anycontact/${name}`) report(folder, `is named ${found.name}`)
  for (const key of [
    'type',
    'sideEffects',
    'engines',
    'exports',
    'types',
    'files',
    'publishConfig',
    'scripts',
    'license',
  ]) {
    if (JSON.stringify(found[key]) !== JSON.stringify(wanted[key]))
      report(folder, `package.json differs in "${key}"`)
  }
  const allowed = new Set(['@anycontact/core', 'ofetch', 'valibot'])
  for (const dependency of Object.keys(found.dependencies ?? {})) {
    if (!allowed.has(dependency)) report(folder, `depends on ${dependency}`)
  }
}

/** Each index has what is the adapter's own, under names made alike, and the same names of core. */
function checkExports(folder: string, name: string): void {
  const own = reexported(folder)
  const wanted = reexported(model)
  for (const symbol of wanted)
    if (!own.has(symbol)) report(folder, `src/index.ts does not re-export ${symbol} from core`)
  const index = readFileSync(join(root, folder, 'src/index.ts'), 'utf8')
  const camel = name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  for (const symbol of [camel, `${camel}Adapter`]) {
    if (!new RegExp(`\\b${symbol}\\b`).test(index)) report(folder, `src/index.ts does not export ${symbol}`)
  }
}

function reexported(folder: string): Set<string> {
  const index = readFileSync(join(root, folder, 'src/index.ts'), 'utf8')
  const names = [...index.matchAll(/export (?:type )?\{([^}]*)\} from '@anycontact\/core'/g)].flatMap(
    ([, list]) =>
      String(list)
        .split(',')
        .map((name) => name.replace(/^\s*type\s/, '').trim()),
  )
  return new Set(names.filter((name) => name !== ''))
}

function withoutComments(file: string): string {
  return readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')
}
