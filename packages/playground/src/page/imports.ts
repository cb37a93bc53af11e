import { javascriptLanguage } from '@codemirror/lang-javascript'
import type { SyntaxNodeRef, Tree } from '@lezer/common'

/** The packages that programs can import, and the modules of the page in their place. */
export const MODULES: Readonly<Record<string, string>> = {
  '@anycontact/chatbotkit': 'chatbotkit',
  '@anycontact/cognipeer': 'cognipeer',
  '@anycontact/channel-inbox': 'channel-inbox',
  '@anycontact/contact-methods': 'contact-methods',
  '@anycontact/memory': 'memory',
  '@anycontact/formats': 'formats',
  '@anycontact/core': 'core',
  '@anycontact/emulator': 'emulator',
}

/** A program that cannot be run, and the line that is wrong. */
export interface ProgramProblem {
  readonly message: string
  readonly line: number
}

/**
 * Puts addresses in the place of the package names that a program imports. Nothing else changes, and no line moves, so that what
 * the engine says of a line is true of the program as it was written.
 *
 * @param addressOf - the address of a module of the page
 */
export function resolveImports(
  code: string,
  addressOf: (module: string) => string,
): { readonly code: string } | ProgramProblem {
  const found = importedNames(code)
  let resolved = ''
  let at = 0
  for (const { name, from, to } of found) {
    const module = Object.hasOwn(MODULES, name) ? MODULES[name] : undefined
    if (module === undefined) {
      const message = `There is no \`${name}\` in the playground. There are ${Object.keys(MODULES).join(', ')}.`
      return { message, line: lineAt(code, from) }
    }
    resolved += `${code.slice(at, from)}${JSON.stringify(addressOf(module))}`
    at = to
  }
  return { code: resolved + code.slice(at) }
}

/** The line of the first place that is no JavaScript, if there is one. */
export function brokenLine(code: string): number | undefined {
  let at: number | undefined
  parse(code).iterate({
    enter: (node) => {
      if (node.type.isError) at ??= node.from
      return at === undefined
    },
  })
  return at === undefined ? undefined : lineAt(code, Math.min(at, code.trimEnd().length))
}

interface ImportedName {
  readonly name: string
  readonly from: number
  readonly to: number
}

function importedNames(code: string): readonly ImportedName[] {
  const found: ImportedName[] = []
  parse(code).iterate({
    enter: (node) => {
      if (node.name !== 'String' || !isSource(node)) return
      const text = code.slice(node.from, node.to)
      found.push({ name: text.slice(1, -1), from: node.from, to: node.to })
    },
  })
  return found
}

/** Tells whether a text names a module: in `import … from`, `export … from` or `import(…)`. */
function isSource({ node }: SyntaxNodeRef): boolean {
  const { parent, prevSibling } = node
  if (parent?.name === 'ExportDeclaration') return prevSibling?.name === 'from'
  return parent?.name === 'ImportDeclaration' || parent?.name === 'DynamicImport'
}

function parse(code: string): Tree {
  return javascriptLanguage.parser.parse(code)
}

function lineAt(code: string, at: number): number {
  return code.slice(0, at).split('\n').length
}
