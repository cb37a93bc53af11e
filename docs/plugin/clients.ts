import { join } from 'node:path'
import {
  type Application,
  type Context,
  Converter,
  DeclarationReflection,
  Models,
  normalizePath,
  type Reflection,
  ReflectionKind,
  type SignatureReflection,
  TypeScript as ts,
} from 'typedoc'
import { ROOT } from './repository.ts'

const GROUPS = new Set([
  'conversations',
  'comments',
  'files',
  'activities',
  'avatar',
  'notifications',
  'contactMethods',
])

/**
 * `interface ChatBotKitContacts extends Contacts<ChatBotKitAdapter> {}` has its operations from a mapped type, and TypeDoc prints
 * them as they are written in core: `CreateInput<A>`. On the pages of such clients the compiler is asked what they come to.
 */
export function showConcreteTypes(app: Application): void {
  app.converter.on(
    Converter.EVENT_CREATE_SIGNATURE,
    (context: Context, signature: SignatureReflection, _node?: unknown, type?: ts.Signature) => {
      const client = clientAround(context, signature)
      if (client && type) resolveSignature(context, client, signature, type)
    },
  )
  app.converter.on(
    Converter.EVENT_CREATE_DECLARATION,
    (context: Context, property: DeclarationReflection) => {
      const client = property.parent && clientOf(context, property.parent)
      if (!client || property.kind !== ReflectionKind.Property) return
      if (property.name === 'capabilities') property.type = capabilitiesOf(client)
      if (GROUPS.has(property.name)) listMembers(context, property)
    },
  )
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }: Context) => {
    // For the compiler alone.
    for (const each of project.getReflectionsByKind(ReflectionKind.Property)) {
      if (each.name === '~declares') project.removeReflection(each)
    }
  })
}

interface Client {
  page: Reflection
  /** The adapter, as the interface names it. */
  adapter: ts.TypeNode
  capabilities: ts.Type
}

const clients = new WeakMap<Reflection, Client | null>()

function clientAround(context: Context, inner: Reflection): Client | null {
  for (let each: Reflection | undefined = inner; each; each = each.parent) {
    if (each.kind === ReflectionKind.Interface) return clientOf(context, each)
  }
  return null
}

/** The client that a page is about, if it is about one. */
function clientOf(context: Context, page: Reflection): Client | null {
  const known = clients.get(page)
  if (known !== undefined) return known
  const client = page.kind === ReflectionKind.Interface ? readClient(context, page) : null
  clients.set(page, client)
  return client
}

function readClient(context: Context, page: Reflection): Client | null {
  const declaration = context.getSymbolFromReflection(page)?.declarations?.find(ts.isInterfaceDeclaration)
  const parent = declaration?.heritageClauses?.[0]?.types[0]
  const adapter = parent?.typeArguments?.[0]
  if (parent?.expression.getText() !== 'Contacts' || !adapter) return null
  const capabilities = propertyOf(context, context.checker.getTypeFromTypeNode(adapter), 'capabilities')
  return capabilities ? { page, adapter, capabilities } : null
}

function propertyOf({ checker }: Context, type: ts.Type, name: string): ts.Type | undefined {
  const property = checker.getPropertyOfType(checker.getNonNullableType(type), name)
  return property && checker.getTypeOfSymbol(property)
}

function capabilitiesOf({ adapter, page }: Client): Models.SomeType {
  const name = adapter.getText()
  const home = page.parent?.isDeclaration() ? page.parent.getChildByName(name) : undefined
  const object = home
    ? Models.ReferenceType.createResolvedReference(name, home, page.project)
    : Models.ReferenceType.createBrokenReference(name, page.project, undefined)
  return new Models.IndexedAccessType(object, new Models.LiteralType('capabilities'))
}

/** Has the types of a signature as the compiler has them. */
function resolveSignature(
  context: Context,
  client: Client,
  signature: SignatureReflection,
  type: ts.Signature,
): void {
  const within = context.withScope(signature)
  for (const [index, parameter] of (signature.parameters ?? []).entries()) {
    const symbol = type.parameters[index]
    if (symbol === undefined || symbol.name !== parameter.name) continue
    const resolved = context.converter.convertType(
      within.withScope(parameter),
      context.checker.getTypeOfSymbol(symbol),
    )
    parameter.type = withNamedRefs(context, client, parameter.flags.isOptional ? given(resolved) : resolved)
  }
  if (context.checker.getTypePredicateOfSignature(type)) return
  const answer = context.converter.convertType(within, type.getReturnType())
  signature.type = withNamedRefs(context, client, answer)
}

/** Without the `undefined` that a question mark says already. */
function given(type: Models.SomeType): Models.SomeType {
  if (type.type !== 'union') return type
  const [first, ...rest] = type.types.filter((each) => each.type !== 'intrinsic' || each.name !== 'undefined')
  if (first === undefined) return type
  return rest.length === 0 ? first : new Models.UnionType([first, ...rest])
}

/**
 * `NativeRef<ChatBotKitAdapter, 'get'>` is more than a reference by the keys that it comes to: it has the texts of compile errors
 * in it. So the page names the reference, `RefBy<'id'>`.
 */
function withNamedRefs(context: Context, client: Client, type: Models.SomeType): Models.SomeType {
  const within = (each: Models.SomeType): Models.SomeType => withNamedRefs(context, client, each)
  if (type.type === 'union' || type.type === 'intersection') type.types = type.types.map(within)
  if (type.type === 'array') type.elementType = within(type.elementType)
  if (type.type !== 'reference') return type
  if (type.name === 'DeclaredOperation')
    return literals(client.capabilities.getProperties().map(({ name }) => name))
  const keys = keysOf(context, client, type)
  if (keys === undefined) {
    if (type.typeArguments) type.typeArguments = type.typeArguments.map(within)
    return type
  }
  const named = refBy(context)
  named.typeArguments = [literals(keys)]
  return named
}

function literals(texts: readonly string[]): Models.SomeType {
  const [first, ...rest] = texts.map((text) => new Models.LiteralType(text))
  return first && rest.length === 0 ? first : new Models.UnionType(first ? [first, ...rest] : [])
}

/** The keys by which a reference type of core names contacts, with this client's adapter. */
function keysOf(context: Context, client: Client, type: Models.ReferenceType): string[] | undefined {
  const operation = type.typeArguments?.[1]
  const name = operation?.type === 'literal' ? String(operation.value) : 'get'
  const keys = (list: 'by' | 'scan'): string[] => {
    const declared = propertyOf(context, client.capabilities, name)
    const tuple = declared && propertyOf(context, declared, list)
    if (!tuple || !context.checker.isTupleType(tuple)) return []
    const members = context.checker.getTypeArguments(tuple as ts.TypeReference)
    return members.flatMap((each) => (each.isStringLiteral() ? each.value : []))
  }
  const all = {
    NativeRef: () => keys('by'),
    ScanRef: () => [...keys('by'), ...keys('scan')],
    GroupRef: () => ['id', ...keys('by')],
    GroupScanRef: () => ['id', ...keys('by'), ...keys('scan')],
  }
  if (!Object.hasOwn(all, type.name)) return undefined
  return [...new Set(all[type.name as keyof typeof all]())]
}

function refBy(context: Context): Models.ReferenceType {
  const core = normalizePath(join(ROOT, 'packages/core/src/index.ts'))
  const file = context.program.getSourceFile(core)
  const module = file && context.checker.getSymbolAtLocation(file)
  const symbol = module && context.checker.getExportsOfModule(module).find(({ name }) => name === 'RefBy')
  if (!symbol) throw new Error('Core exports no RefBy.')
  return context.createSymbolReference(context.resolveAliasedSymbol(symbol), context, 'RefBy')
}

/** Lists the operations of a group on the page, instead of `Pick<ConversationsGroup, 'list'>`. */
function listMembers(context: Context, property: DeclarationReflection): void {
  const symbol = context.getSymbolFromReflection(property)
  if (!symbol) return
  const literal = new DeclarationReflection('__type', ReflectionKind.TypeLiteral, property)
  context.project.registerReflection(literal, undefined, undefined)
  const within = context.withScope(property).withScope(literal)
  for (const member of context.checker.getTypeOfSymbol(symbol).getProperties()) {
    context.converter.convertSymbol(within, member)
  }
  property.type = new Models.ReflectionType(literal)
}
