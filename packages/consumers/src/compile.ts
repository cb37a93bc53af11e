import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { install } from './install.ts'

/** How a project finds its packages. */
export type Resolution = 'NodeNext' | 'Bundler'

/** What the compiler said, and what it wrote. */
export interface Compilation {
  /** Errors as `file:line: TS<code>: text`, further lines indented. */
  readonly errors: readonly string[]
  /** The declarations that were written, by the name of their fixture. */
  readonly declarations: ReadonlyMap<string, string>
}

/**
 * Compiles fixtures as a strict project of a user would that has installed adapters and nothing else: against the built packages,
 * with declarations, and with the packages' own declarations checked too.
 *
 * @param names - the fixtures, below `fixtures`, without their ending
 * @param installed - the packages that the project depends on, by their short names
 * @param resolution - how the project finds its packages
 */
export function compile(
  names: readonly string[],
  installed: readonly string[],
  resolution: Resolution,
): Compilation {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'anycontact-consumer-')))
  try {
    install(project, installed)
    return compileIn(project, names, resolution)
  } finally {
    rmSync(project, { recursive: true })
  }
}

/** What of a compilation can be otherwise. */
export interface CompilationOptions {
  /** Whether what the fixtures become is written beside them, to be run. */
  readonly isWritten?: boolean
  /** Whether the declarations of packages are not checked, because they are not ours. */
  readonly skipLibCheck?: boolean
}

/**
 * Compiles fixtures of a project that is set up already.
 *
 * @param project - its folder
 * @param names - the fixtures, below that folder, without their ending
 * @param resolution - how the project finds its packages
 */
export function compileIn(
  project: string,
  names: readonly string[],
  resolution: Resolution,
  { isWritten = false, skipLibCheck = false }: CompilationOptions = {},
): Compilation {
  const isNode = resolution === 'NodeNext'
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: isNode ? ts.ModuleKind.NodeNext : ts.ModuleKind.Preserve,
    moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
    types: [],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    declaration: true,
    emitDeclarationOnly: !isWritten,
    skipLibCheck,
    // The compiler's own libraries are checked by their makers, and are most of the work.
    skipDefaultLibCheck: true,
  }
  const files = names.map((name) => join(project, `${name}.ts`))
  const program = ts.createProgram(files, options, hostFor(options))
  const declarations = new Map<string, string>()
  const { diagnostics } = program.emit(undefined, (file, text) => {
    if (file.endsWith('.js')) ts.sys.writeFile(file, text)
    else declarations.set(relative(project, file).replace(/\.d\.ts$/, ''), text)
  })
  const found = ts.sortAndDeduplicateDiagnostics([...ts.getPreEmitDiagnostics(program), ...diagnostics])
  return { errors: found.map((diagnostic) => describe(project, diagnostic)), declarations }
}

const libraries = new Map<string, ts.SourceFile | undefined>()

/** Reads the compiler's own libraries once: they are most of what there is to read. */
function hostFor(options: ts.CompilerOptions): ts.CompilerHost {
  const host = ts.createCompilerHost(options)
  const folder = host.getDefaultLibLocation?.() ?? dirname(host.getDefaultLibFileName(options))
  const getSourceFile: ts.CompilerHost['getSourceFile'] = (name, ...rest) => {
    if (dirname(name) !== folder) return host.getSourceFile(name, ...rest)
    if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, ...rest))
    return libraries.get(name)
  }
  return { ...host, getSourceFile }
}

function describe(project: string, { file, start, code, messageText }: ts.Diagnostic): string {
  const text = `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  if (!file || start === undefined) return text
  return `${relative(project, file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`
}
