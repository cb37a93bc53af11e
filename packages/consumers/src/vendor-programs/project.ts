import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { compileIn, type Resolution } from '../compile.ts'
import { install } from '../install.ts'
import { changeImports } from './imports.ts'

const fixtures = resolve(import.meta.dirname, '../../fixtures/vendor-programs')

/** A vendor whose programs are here. */
export type Vendor = 'chatbotkit' | 'cognipeer' | 'imbrace' | 'artu'

/** The package that stands for the vendor's. */
const ours: Readonly<Record<Vendor, string>> = {
  chatbotkit: 'chatbotkit',
  cognipeer: 'cognipeer',
  imbrace: 'channel-inbox',
  artu: 'contact-methods',
}

/** What a program exports: functions to call, and what they give. */
export type Program = Readonly<Record<string, (...args: readonly unknown[]) => Promise<unknown>>>

/** A project of a user of one vendor. */
export interface VendorProject {
  /** What the compiler says about all programs of the vendor. */
  compile(resolution: Resolution): readonly string[]
  /** The program, as Node runs it. It must have been compiled. */
  load(name: string): Promise<Program>
  /** Takes the project away. */
  remove(): void
}

/** The names of a vendor's programs. */
export function programsOf(vendor: Vendor): readonly string[] {
  return readdirSync(join(fixtures, vendor))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => name.slice(0, -'.ts'.length))
}

/**
 * Sets up a project that has the programs of a vendor's users, with only the imports changed, and the package for that vendor.
 */
export function migrated(vendor: Vendor): VendorProject {
  const project = setUp([ours[vendor]])
  for (const name of programsOf(vendor)) {
    const file = join(project, 'vendor-programs', vendor, `${name}.ts`)
    writeFileSync(file, changeImports(readFileSync(file, 'utf8')))
  }
  return projectAt(project, `vendor-programs/${vendor}`, programsOf(vendor))
}

/**
 * Sets up a project with the very programs and the vendor's own package: the witness that they are programs for it.
 *
 * @param names - the programs; others are for another version of the vendor's package
 * @param packageName - the vendor's package, which is installed here
 */
export function original(vendor: Vendor, names: readonly string[], packageName: string): VendorProject {
  const project = setUp([])
  linkTheirs(project, packageName)
  return projectAt(project, `vendor-programs/${vendor}`, names, true)
}

/** Sets up a project that has our packages and ChatBotKit's own, with the programs that the guide's exceptions are about. */
export function exceptional(): VendorProject {
  const project = setUp(Object.values(ours))
  linkTheirs(project, '@chatbotkit/sdk')
  return projectAt(project, 'vendor-exceptions', ['chatbotkit', 'others', 'running'], true)
}

function linkTheirs(project: string, packageName: string): void {
  const link = join(project, 'node_modules', packageName)
  mkdirSync(dirname(link), { recursive: true })
  symlinkSync(realpathSync(resolve(import.meta.dirname, '../../node_modules', packageName)), link, 'junction')
}

function setUp(names: readonly string[]): string {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'anycontact-consumer-')))
  install(project, names)
  return project
}

function projectAt(
  project: string,
  folder: string,
  names: readonly string[],
  hasTheirs = false,
): VendorProject {
  return {
    compile: (resolution) => {
      const files = names.map((name) => `${folder}/${name}`)
      // What our declarations say is the same by either resolution, and checking it takes most of the time.
      const skipLibCheck = hasTheirs || resolution === 'Bundler'
      return compileIn(project, files, resolution, { isWritten: true, skipLibCheck }).errors
    },
    load: (name) => import(pathToFileURL(join(project, folder, `${name}.js`)).href),
    remove: () => rmSync(project, { recursive: true }),
  }
}
