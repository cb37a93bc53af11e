import type { AnyAdapter } from './adapter.ts'
import { type Capabilities, OPERATIONS, type OperationName } from './capabilities.ts'

/**
 * Lists where an adapter does not keep the contract: methods and capabilities that disagree, emulations that lack what they
 * are made of, values that make no sense.
 *
 * @param adapter - any adapter
 * @returns one sentence a problem; empty when there is none
 */
export function findAdapterProblems(adapter: AnyAdapter): string[] {
  return [
    ...identityProblems(adapter),
    ...methodProblems(adapter),
    ...capabilityProblems(adapter.capabilities),
    ...writeProblems(adapter),
  ]
}

function identityProblems({ specVersion, provider }: AnyAdapter): string[] {
  const given: number = specVersion
  return [
    ...(given === 1 ? [] : ['specVersion must be 1']),
    ...(typeof provider === 'string' && /^[a-z][a-z0-9-]*$/.test(provider)
      ? []
      : ['provider must be a short name in lower case, with digits and hyphens']),
  ]
}

/** What is said of writes must be of use to them. */
function writeProblems({ capabilities, writesAnswer }: AnyAdapter): string[] {
  const problems: string[] = []
  for (const operation of ['create', 'update', 'upsert'] as const) {
    const { fields = [], slots } = capabilities[operation] ?? {}
    if (slots && !fields.includes('contactMethods'))
      problems.push(`${operation} has slots, but not contactMethods in its fields`)
    if (capabilities[operation] && capabilities.customFields && !fields.includes('customFields'))
      problems.push(`custom fields are declared, but ${operation} has not customFields in its fields`)
  }
  if (capabilities.upsert?.outcome === 'stored' && capabilities.upsert.mode !== 'native')
    problems.push("upsert has the outcome 'stored', which only a native one can need")
  if (writesAnswer === 'id' && !capabilities.get?.by.includes('id'))
    problems.push("writesAnswer is 'id', but get has not id in by, so that nothing could be read back")
  return problems
}

/** What is declared native has a method, and the other way round. */
function methodProblems(adapter: AnyAdapter): string[] {
  const problems: string[] = []
  const { capabilities } = adapter
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
    const declared: object = capabilities[operation] ?? {}
    const methods: readonly string[] = OPERATIONS[operation]
    const holder: unknown = methods.length === 0 ? adapter : Reflect.get(adapter, operation)
    for (const method of methods.length === 0 ? [operation] : methods) {
      const name = methods.length === 0 ? operation : `${operation}.${method}`
      const mode: unknown = Reflect.get(declared, methods.length === 0 ? 'mode' : method)
      // `find` is `get` that may come back empty-handed: it has no method of its own.
      if (operation === 'find') {
        if (mode === 'native' && !hasMethod(adapter, 'get'))
          problems.push('find is declared native but get has no method')
      } else if (mode === 'native' && !hasMethod(holder, method)) {
        problems.push(`${name} is declared native but has no method`)
      } else if (mode !== 'native' && hasMethod(holder, method)) {
        problems.push(`${name} has a method but is not declared native`)
      } else if (mode === 'emulated' && !EMULATED.has(operation)) {
        problems.push(`${name} is declared emulated, but there is no emulation of it`)
      }
    }
  }
  if ((capabilities.list?.streaming === true) !== hasMethod(adapter, 'stream')) {
    problems.push('list.streaming and the stream method go together')
  }
  return problems
}

/** What can be made of other operations; `get` and `find` by a scan. */
const EMULATED: ReadonlySet<OperationName> = new Set<OperationName>([
  'get',
  'find',
  'upsert',
  'search',
  'count',
  'createMany',
  'updateMany',
  'upsertMany',
  'deleteMany',
])

function capabilityProblems(capabilities: Capabilities): string[] {
  return [
    ...numberProblems(capabilities),
    ...neededProblems(capabilities),
    ...lookupProblems(capabilities),
    ...upsertProblems(capabilities),
  ]
}

function numberProblems(capabilities: Capabilities): string[] {
  const numbers: readonly (readonly [string, number | undefined])[] = [
    ['list.maxPageSize', capabilities.list?.maxPageSize],
    ['createMany.maxItems', capabilities.createMany?.maxItems],
    ['updateMany.maxItems', capabilities.updateMany?.maxItems],
    ['upsertMany.maxItems', capabilities.upsertMany?.maxItems],
    ['deleteMany.maxItems', capabilities.deleteMany?.maxItems],
  ]
  const isWhole = (value: number | undefined): boolean =>
    value === undefined || (Number.isSafeInteger(value) && value > 0)
  return numbers.flatMap(([name, value]) =>
    isWhole(value) ? [] : [`${name} must be a whole number of 1 or more`],
  )
}

/** Operations that say things which another one's declaration holds, or are made of others. */
function neededProblems(capabilities: Capabilities): string[] {
  const { search, upsert, createMany, updateMany, upsertMany, deleteMany } = capabilities
  const needs: readonly (readonly [OperationName, readonly OperationName[]])[] = [
    ['count', ['list']],
    ['search', search?.mode === 'emulated' ? ['list'] : []],
    // Also a native one is emulated by the keys that take a scan.
    ['upsert', upsert && (upsert.mode === 'emulated' || upsert.scan) ? ['create', 'update'] : []],
    ['createMany', createMany ? ['create'] : []],
    ['updateMany', updateMany ? ['update'] : []],
    ['upsertMany', upsertMany ? ['upsert'] : []],
    ['deleteMany', deleteMany ? ['delete'] : []],
  ]
  return needs.flatMap(([operation, others]) =>
    capabilities[operation] === undefined
      ? []
      : others
          .filter((other) => capabilities[other] === undefined)
          .map((other) => `${operation} needs ${other}, which is not declared`),
  )
}

function lookupProblems(capabilities: Capabilities): string[] {
  const { list, get, find } = capabilities
  const problems: string[] = []
  for (const operation of ['get', 'find', 'update', 'delete', 'upsert'] as const) {
    const { by = [], scan = [] } = capabilities[operation] ?? {}
    const twice = by.filter((key) => scan.includes(key))
    if (twice.length > 0) problems.push(`${operation} has ${twice.join(', ')} in both by and scan`)
    if (scan.length > 0 && !list) problems.push(`${operation} needs list, which is not declared, to scan`)
  }
  for (const operation of ['get', 'find'] as const) {
    const declared = capabilities[operation]
    if (declared?.mode === 'emulated' && declared.by.length > 0) {
      problems.push(
        `${operation} is declared emulated, which it is by a scan alone, but has ${declared.by.join(', ')} in by`,
      )
    }
  }
  const missing = find?.by.filter((key) => !get?.by.includes(key)) ?? []
  if (missing.length > 0) problems.push(`find has ${missing.join(', ')} in by, which get has not`)
  return problems
}

function upsertProblems(capabilities: Capabilities): string[] {
  const { list, get, create, update, upsert } = capabilities
  if (!upsert) return []
  const problems: string[] = []
  const { by, scan = [], fields, mode } = upsert
  const without = [...by, ...scan].filter((key) => !fields.includes(key))
  if (without.length > 0) problems.push(`upsert goes by ${without.join(', ')}, which its fields lack`)
  if (mode === 'emulated') {
    const unreadable = by.filter((key) => !get?.by.includes(key))
    if (unreadable.length > 0)
      problems.push(`upsert goes by ${unreadable.join(', ')}, which get has not in by`)
  }
  if (mode === 'emulated' || scan.length > 0) {
    const uncreated = fields.filter((field) => create && !create.fields.includes(field))
    if (uncreated.length > 0) problems.push(`upsert takes ${uncreated.join(', ')}, which create does not`)
    // An id cannot be changed, so nothing is lost without it.
    const unchanged = fields.filter((field) => field !== 'id' && update && !update.fields.includes(field))
    if (unchanged.length > 0) problems.push(`upsert takes ${unchanged.join(', ')}, which update does not`)
  }
  // Where the listing does not reach a contact, a scan would take it for absent and create it again.
  if (scan.length > 0 && list?.complete === false)
    problems.push('upsert cannot scan a list that is not complete')
  return problems
}

function hasMethod(holder: unknown, name: string): boolean {
  return typeof holder === 'object' && holder !== null && typeof Reflect.get(holder, name) === 'function'
}
