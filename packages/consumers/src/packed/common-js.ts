import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeProject, type Project, run, runOrThrow, type Tarballs } from '@anycontact/smoke'
import type { Check } from './check.ts'
import { fixture, type Tools } from './tools.ts'

/** What each program prints. */
const PRINTED = JSON.stringify(['name\r\nAna\r\n', true, 'function', 0])

const NODES = [20, 22, 24, 26]

/** Which compilers let a CommonJS project import ES modules, by which setting, and in which program: 5.7 by `await import()` alone. */
const COMPILERS = [
  ['5.7', 'nodenext', 'earlier.cts'],
  ['5.9', 'node20', 'main.ts'],
  ['6.0', 'nodenext', 'main.ts'],
  ['7.0', 'node20', 'main.ts'],
  ['7.0', 'nodenext', 'main.ts'],
] as const

/** Programs in CommonJS, which load the packages by `require`. */
export async function commonJsChecks(
  tarballs: Tarballs,
  tools: Tools,
): Promise<{ readonly project: Project; readonly checks: readonly Check[] }> {
  const project = await makeProject({
    tarballs,
    packages: ['chatbotkit', 'cognipeer', 'emulator', 'memory'].map((name) => `@anycontact/${name}`),
    files: Object.fromEntries(
      ['require.cjs', 'main.ts', 'earlier.cts'].map((name) => [name, fixture(`common-js/${name}`)]),
    ),
    manifest: { type: 'commonjs' },
  })
  const { folder } = project
  const required = NODES.map((major): Check => {
    return {
      subject: `Node ${major}`,
      setting: 'require() of the packages',
      run: async () => await runOn(folder, await tools.node(major), 'require.cjs'),
    }
  })
  const compiled = COMPILERS.map(([version, module, program]): Check => {
    return {
      subject: `TypeScript ${version}`,
      setting: `${module}, to CommonJS, run on Node 20`,
      run: async () => {
        const outDir = await compile(folder, version, module, program, tools)
        return await runOn(folder, await tools.node(20), `${outDir}/${program.replace('ts', 'js')}`)
      },
    }
  })
  return { project, checks: [...required, ...compiled] }
}

async function compile(
  folder: string,
  version: string,
  module: string,
  program: string,
  tools: Tools,
): Promise<string> {
  const compiler = await tools.compiler(version)
  const outDir = `out-${version}-${module}`
  const compilerOptions = {
    target: 'es2022',
    module,
    lib: ['ES2022', 'DOM'],
    types: [],
    strict: true,
    declaration: true,
    rootDir: '.',
    outDir,
  }
  const config = `tsconfig.${outDir}.json`
  await rm(join(folder, outDir), { recursive: true, force: true })
  await writeFile(join(folder, config), JSON.stringify({ compilerOptions, files: [program] }))
  await runOrThrow(process.execPath, [compiler, '-p', config], { cwd: folder })
  return outDir
}

async function runOn(folder: string, node: string, file: string): Promise<undefined> {
  const { code, output } = await run(node, [file], { cwd: folder })
  if (code !== 0 || output.trim() !== PRINTED) throw new Error(`${file} ended with ${code}.\n${output}`)
  return undefined
}
