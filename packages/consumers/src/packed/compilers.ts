import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeProject, type Project, run, type Tarballs } from '@anycontact/smoke'
import { changeImports } from '../vendor-programs/imports.ts'
import { type Check, MissingTool } from './check.ts'
import { fixture, type Tools } from './tools.ts'

/** Where the types of the web platform come from, by the words of the table. */
const PLATFORMS = {
  'DOM library': { lib: ['ES2022', 'DOM'], types: [] },
  '@types/node 20, no DOM': { lib: ['ES2022'], types: ['node'], typeRoots: ['./node_modules/types-20'] },
  '@types/node 26, no DOM': { lib: ['ES2023'], types: ['node'] },
  'default library and @types/node': { types: ['node'] },
  '@types/bun, no DOM': { lib: ['ES2023'], types: ['bun'] },
  '@cloudflare/workers-types, no DOM': { lib: ['ES2023'], types: ['@cloudflare/workers-types'] },
} as const
type Platform = keyof typeof PLATFORMS

/** Where the compiler looks for the types of runtimes, and which tools they are. */
const TYPES = {
  '@types/node': '@types/node',
  '@types/bun': '@types/bun',
  '@cloudflare/workers-types': '@cloudflare/workers-types',
  'types-20/node': 'types-node-20',
}

/** How a project finds packages. */
const MODULES = {
  node16: { module: 'node16' },
  nodenext: { module: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const
type Modules = keyof typeof MODULES

/** What a user's project is compiled with, beside that. Nothing of ours is left unchecked. */
const STRICT = {
  target: 'es2022',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  declaration: true,
}

const ANNOTATED = { verbatimModuleSyntax: true, isolatedModules: true, isolatedDeclarations: true }

interface Row {
  readonly version: string
  readonly modules: Modules
  readonly platform: Platform
  readonly programs: 'programs' | 'annotated' | 'vendors'
}

function rowsOf(isNightly: boolean): readonly Row[] {
  const row = (version: string, modules: Modules, platform: Platform, programs: Row['programs']): Row => {
    return { version, modules, platform, programs }
  }
  const rows: Row[] = []
  for (const version of ['5.7', '7.0']) {
    for (const modules of ['node16', 'nodenext', 'bundler'] as const) {
      rows.push(row(version, modules, 'DOM library', 'programs'))
      rows.push(row(version, modules, '@types/node 20, no DOM', 'programs'))
    }
    rows.push(row(version, 'nodenext', 'DOM library', 'annotated'))
  }
  for (const version of ['5.9', '6.0']) {
    rows.push(row(version, 'nodenext', 'DOM library', 'programs'))
    rows.push(row(version, 'nodenext', '@types/node 26, no DOM', 'programs'))
  }
  rows.push(row('7.0', 'nodenext', 'default library and @types/node', 'programs'))
  rows.push(row('7.0', 'bundler', '@types/bun, no DOM', 'programs'))
  rows.push(row('7.0', 'bundler', '@cloudflare/workers-types, no DOM', 'programs'))
  rows.push(row('7.0', 'nodenext', 'DOM library', 'vendors'))
  if (isNightly) {
    for (const version of ['5.7', '5.9', '6.0']) {
      rows.push(row(version, 'nodenext', 'default library and @types/node', 'programs'))
      rows.push(row(version, 'bundler', '@types/bun, no DOM', 'programs'))
      rows.push(row(version, 'bundler', '@cloudflare/workers-types, no DOM', 'programs'))
      rows.push(row(version, 'nodenext', 'DOM library', 'vendors'))
    }
    for (const version of ['5.9', '6.0']) {
      rows.push(row(version, 'node16', 'DOM library', 'programs'))
      rows.push(row(version, 'bundler', 'DOM library', 'programs'))
      rows.push(row(version, 'nodenext', 'DOM library', 'annotated'))
    }
  }
  return rows
}

/**
 * Programs as users write them, compiled against the packed packages.
 *
 * @param isNightly - whether with every compiler in every way, and not only with the oldest and the newest
 */
export async function compilerChecks(
  tarballs: Tarballs,
  tools: Tools,
  isNightly: boolean,
): Promise<{ readonly project: Project; readonly checks: readonly Check[] }> {
  const project = await makeProject({
    tarballs,
    packages: [...tarballs.keys()],
    files: {
      ...sourcesIn('compiles', 'programs'),
      ...sourcesIn('packed', 'programs'),
      ...sourcesIn('annotated', 'annotated'),
      ...vendorPrograms(),
    },
  })
  // Without them the rows say so themselves.
  await tools.link(project.folder, TYPES).catch((error: unknown) => {
    if (!(error instanceof MissingTool)) throw error
  })
  const checks = rowsOf(isNightly).map((row): Check => {
    const { version, modules, platform, programs } = row
    const what = programs === 'programs' ? '' : `, ${programs}`
    return {
      subject: `TypeScript ${version}`,
      setting: `${modules}, ${platform}${what}`,
      run: () => compileRow(project.folder, row, tools),
    }
  })
  return { project, checks }
}

async function compileRow(folder: string, row: Row, tools: Tools): Promise<undefined> {
  const { version, modules, platform, programs } = row
  const compiler = await tools.compiler(version)
  const name = `${version}-${modules}-${platform}-${programs}`.replaceAll(/[^\w.]+/g, '-')
  const config = `tsconfig.${name}.json`
  const compilerOptions = {
    ...STRICT,
    ...MODULES[modules],
    ...PLATFORMS[platform],
    ...(programs === 'annotated' ? ANNOTATED : {}),
    rootDir: `./${programs}`,
    outDir: `./out/${name}`,
  }
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, include: [programs] }))
  const { code, output } = await run(process.execPath, [compiler, '-p', config], {
    cwd: folder,
    timeoutMs: 300_000,
  })
  if (code !== 0 || output !== '') throw new Error(output)
  const written = globSync(`out/${name}/**/*.d.ts`, { cwd: folder }).length
  if (written === 0) throw new Error('The compiler wrote no declarations.')
  return undefined
}

function sourcesIn(from: string, to: string): Record<string, string> {
  const names = globSync(`${from}/**/*.ts`, { cwd: join(import.meta.dirname, '../../fixtures') })
  return Object.fromEntries(names.map((name) => [name.replace(from, to), fixture(name)]))
}

/** The programs for the vendors' own packages, with their imports changed as the guide to migrating says. */
function vendorPrograms(): Record<string, string> {
  const sources = sourcesIn('vendor-programs', 'vendors')
  return Object.fromEntries(Object.entries(sources).map(([name, text]) => [name, changeImports(text)]))
}
