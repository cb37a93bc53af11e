import ts from 'typescript'

/** A module of the vendor's SDK. */
export interface SdkModule {
  /** How programs import it, below `@chatbotkit/sdk/`: the shortest of its names. */
  readonly path: string
  /** All names of it. */
  readonly paths: readonly string[]
  readonly exports: readonly SdkExport[]
}

/** What one exports under one name. */
export interface SdkExport {
  readonly name: string
  /** What it is called where it is declared: of a default export the name that it has beside. */
  readonly declaredName: string
  readonly kind: 'class' | 'function' | 'type'
  /** How many type parameters it has. */
  readonly parameters: number
}

const root = ts.sys.getCurrentDirectory()
const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile)
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)

/** The modules about contacts, and the client's, as the installed SDK has them. */
export function sdkModules(): readonly SdkModule[] {
  const folder = `${root}/node_modules/@chatbotkit/sdk`
  const { exports } = JSON.parse(ts.sys.readFile(`${folder}/package.json`) ?? '{}')
  const byFile = new Map<string, string[]>()
  for (const [key, { import: target }] of Object.entries<{ import: { types: string } }>(exports)) {
    const path = key.slice('./'.length)
    if (!/^(client|contact)\b/.test(path)) continue
    byFile.set(target.types, [...(byFile.get(target.types) ?? []), path])
  }
  const files = [...byFile.keys()].map((file) => `${folder}/${file.slice('./'.length)}`)
  const program = ts.createProgram(files, options)
  const checker = program.getTypeChecker()
  return [...byFile.values()].map((paths, index): SdkModule => {
    const source = program.getSourceFile(files[index] ?? '')
    const symbol = source && checker.getSymbolAtLocation(source)
    const found = symbol ? checker.getExportsOfModule(symbol) : []
    const [path = ''] = paths.toSorted((a, b) => a.length - b.length)
    return { path, paths, exports: found.map((each) => describeExport(each, checker)) }
  })
}

function describeExport(exported: ts.Symbol, checker: ts.TypeChecker): SdkExport {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
  const isClass = (symbol.flags & ts.SymbolFlags.Class) !== 0
  const isValue = (symbol.flags & ts.SymbolFlags.Value) !== 0
  const [declaration] = symbol.declarations ?? []
  const isGeneric = declaration && (ts.isTypeAliasDeclaration(declaration) || ts.isClassLike(declaration))
  return {
    name: exported.name,
    declaredName: symbol.name,
    kind: isClass ? 'class' : isValue ? 'function' : 'type',
    parameters: (isGeneric && declaration.typeParameters?.length) || 0,
  }
}

/** What this package's package.json says of its exports: the file of each. */
export function ownExports(): Readonly<Record<string, { readonly types: string; readonly default: string }>> {
  return JSON.parse(ts.sys.readFile(`${root}/package.json`) ?? '{}').exports
}

/**
 * Compiles a program that is a file of one line for each key, as strictly as everything here.
 *
 * @param head - what stands above
 * @returns what the compiler says to each line
 */
export function compile(head: string, lines: ReadonlyMap<string, string>): Readonly<Record<string, string>> {
  const file = `${root}/src/api/compiled-by-a-test.ts`
  const host = ts.createCompilerHost(options)
  const above = head.split('\n').length
  const text = [head, ...lines.values()].join('\n')
  const program = ts.createProgram([file], options, {
    ...host,
    fileExists: (path) => path === file || host.fileExists(path),
    readFile: (path) => (path === file ? text : host.readFile(path)),
    getSourceFile: (path, target) =>
      path === file ? ts.createSourceFile(path, text, target) : host.getSourceFile(path, target),
  })
  const said: Record<string, string> = {}
  const keys = [...lines.keys()]
  for (const { file: source, start = 0, messageText } of program.getSemanticDiagnostics(
    program.getSourceFile(file),
  )) {
    const line = source ? source.getLineAndCharacterOfPosition(start).line : 0
    said[keys[line - above] ?? `line ${line}`] ??= ts.flattenDiagnosticMessageText(messageText, ' ')
  }
  return said
}
