import { readFileSync } from 'node:fs'
import ts from 'typescript'

/** A comment of a source file. */
export interface SourceComment {
  /** The line it begins at, from 1. */
  readonly line: number
  readonly text: string
}

/** What the checks want to know of a source file. */
export interface Source {
  /** All lines. */
  readonly lines: number
  /** Lines that hold a token; blank ones and those with a comment alone do not. */
  readonly codeLines: number
  readonly comments: readonly SourceComment[]
  /** The modules it imports or re-exports from, as they are written; types and `import()` included. */
  readonly imports: readonly string[]
  /** The modules it re-exports from, and whether it does so whole (`export *`). */
  readonly reexports: readonly { readonly from: string; readonly whole: boolean }[]
  /** The names it exports by itself or from elsewhere, those of `export *` apart. */
  readonly exported: ReadonlySet<string>
  /** Names that it uses and does not look up in an object: variables, types, functions. */
  readonly names: ReadonlySet<string>
}

/** The number of lines of a text whose last line is ended, as in every file here. */
export function countLines(text: string): number {
  return text.split('\n').length - 1
}

/** Reads a source file with TypeScript's own tokenizer. */
export function readSource(path: string): Source {
  const text = readFileSync(path, 'utf8')
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  const lineAt = (position: number): number => file.getLineAndCharacterOfPosition(position).line
  const codeLines = new Set<number>()
  const comments: SourceComment[] = []
  const names = new Set<string>()
  for (const token of tokensOf(file, file)) {
    const start = token.getStart(file)
    for (const { position, comment } of commentsBetween(text, token.pos, start)) {
      comments.push({ line: lineAt(position) + 1, text: comment })
    }
    if (token.kind === ts.SyntaxKind.EndOfFileToken) continue
    for (let line = lineAt(start); line <= lineAt(token.end); line++) codeLines.add(line)
    if (ts.isIdentifier(token) && !isMemberName(token)) names.add(token.text)
  }
  return {
    lines: countLines(text),
    codeLines: codeLines.size,
    comments,
    imports: ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName),
    reexports: reexportsOf(file),
    exported: exportedBy(file),
    names,
  }
}

/** The tokens of a node, in order, without those inside JSDoc comments. */
function* tokensOf(node: ts.Node, file: ts.SourceFile): Generator<ts.Node> {
  if (node.kind >= ts.SyntaxKind.FirstJSDocNode && node.kind <= ts.SyntaxKind.LastJSDocNode) return
  if (ts.isToken(node)) {
    yield node
    return
  }
  for (const child of node.getChildren(file)) yield* tokensOf(child, file)
}

/** The comments in what lies between two tokens, where there is nothing but comments and blanks. */
function* commentsBetween(
  text: string,
  start: number,
  end: number,
): Generator<{ readonly position: number; readonly comment: string }> {
  const scanner = ts.createScanner(
    ts.ScriptTarget.ESNext,
    false,
    ts.LanguageVariant.Standard,
    text,
    undefined,
    start,
    end - start,
  )
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    if (kind === ts.SyntaxKind.SingleLineCommentTrivia || kind === ts.SyntaxKind.MultiLineCommentTrivia) {
      yield { position: scanner.getTokenStart(), comment: scanner.getTokenText() }
    }
  }
}

/** Whether an identifier names a member of an object or a type, and so nothing that is in scope. */
function isMemberName(token: ts.Identifier): boolean {
  const { parent } = token
  return (
    (ts.isPropertyAccessExpression(parent) && parent.name === token) ||
    ((ts.isPropertyAssignment(parent) || ts.isTypeElement(parent) || ts.isClassElement(parent)) &&
      parent.name === token)
  )
}

function reexportsOf(file: ts.SourceFile): Source['reexports'] {
  return file.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.moduleSpecifier) return []
    if (!ts.isStringLiteral(statement.moduleSpecifier)) return []
    return [{ from: statement.moduleSpecifier.text, whole: statement.exportClause === undefined }]
  })
}

function exportedBy(file: ts.SourceFile): ReadonlySet<string> {
  const exported = new Set<string>()
  for (const statement of file.statements) {
    if (ts.isExportDeclaration(statement)) {
      const { exportClause } = statement
      if (!exportClause) continue
      if (ts.isNamespaceExport(exportClause)) exported.add(exportClause.name.text)
      else for (const { name } of exportClause.elements) exported.add(name.text)
    } else if (ts.canHaveModifiers(statement) && isExported(statement)) {
      if (ts.isVariableStatement(statement)) {
        for (const { name } of statement.declarationList.declarations) exported.add(name.getText(file))
      } else if (
        ts.isFunctionDeclaration(statement) ||
        ts.isClassDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)
      ) {
        if (statement.name) exported.add(statement.name.text)
      }
    }
  }
  return exported
}

function isExported(statement: ts.HasModifiers): boolean {
  return ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}
