import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
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

function compileIn(project: string, names: readonly string[], resolution: Resolution): Compilation {
  const isNode = resolution === 'NodeNext'
  const program = ts.createProgram(
    names.map((name) => join(project, `${name}.ts`)),
    {
      target: ts.ScriptTarget.ES2022,
      module: isNode ? ts.ModuleKind.NodeNext : ts.ModuleKind.Preserve,
      moduleResolution: isNode ? ts.ModuleResolutionKind.NodeNext : ts.ModuleResolutionKind.Bundler,
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      declaration: true,
      emitDeclarationOnly: true,
      skipLibCheck: false,
      // The compiler's own libraries are checked by their makers, and are most of the work.
      skipDefaultLibCheck: true,
    },
  )
  const declarations = new Map<string, string>()
  const { diagnostics } = program.emit(undefined, (file, text) => {
    declarations.set(relative(project, file).replace(/\.d\.ts$/, ''), text)
  })
  const found = ts.sortAndDeduplicateDiagnostics([...ts.getPreEmitDiagnostics(program), ...diagnostics])
  return { errors: found.map((diagnostic) => describe(project, diagnostic)), declarations }
}

function describe(project: string, { file, start, code, messageText }: ts.Diagnostic): string {
  const text = `TS${code}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  if (!file || start === undefined) return text
  return `${relative(project, file.fileName)}:${file.getLineAndCharacterOfPosition(start).line + 1}: ${text}`
}
