import type { BatchCapability, Capabilities, OperationName } from '@anycontact/core'
import { compileConditions, findAdapterProblems, OPERATIONS, REF_KEYS } from '@anycontact/core/adapter-kit'
import { assert, assertSame, fail, print } from '../assert.ts'
import { fromJson } from '../contact-shape.ts'
import { WRITABLE_FIELDS } from '../samples.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

/** What the capabilities say, before anything is carried out: that it is sound, whole, and agrees with the client. */
export const declarations: Suite = (define) => {
  define('the adapter has a method for each native operation and no other', async ({ client, adapter }) => {
    assert(client.provider.trim() !== '', 'provider is blank')
    if (!adapter) return
    assertSame(findAdapterProblems(adapter), [], 'the adapter breaks the contract')
    assertSame(client.provider, adapter.provider, "the client's provider is not the adapter's")
    assertSame(client.capabilities, adapter.capabilities, "the client's capabilities are not the adapter's")
    const streams = adapter.stream !== undefined
    assertSame(
      adapter.capabilities.list?.streaming ?? false,
      streams,
      'list.streaming does not tell whether there is a stream method',
    )
  })

  define('capabilities are plain data with known words in them', async ({ capabilities }) => {
    assertSame(fromJson(capabilities), capabilities, 'capabilities do not survive JSON')
    checkList(capabilities)
    for (const operation of ['get', 'find', 'update', 'delete', 'upsert'] as const)
      checkKeys(capabilities, operation)
    for (const operation of ['create', 'update', 'upsert'] as const) checkFields(capabilities, operation)
    for (const operation of ['createMany', 'updateMany', 'upsertMany', 'deleteMany'] as const) {
      checkBatch(operation, capabilities[operation])
    }
  })

  define('explain tells what the capabilities declare', async (session) => {
    const { list } = session.capabilities
    if (!list) {
      await session.rejects('explain without list', 'unsupported', () => session.client.explain())
      return
    }
    const { pagination, streaming = false, total, complete } = list
    const plan = {
      provider: session.provider,
      pushedDown: [],
      evaluatedHere: [],
      exact: true,
      pagination,
      streaming,
      total,
      complete,
    }
    // Deleted contacts included, because leaving them out is a condition of its own.
    assertSame(session.client.explain({ includeDeleted: true }), plan, 'explain({ includeDeleted: true })')
  })

  define('everything that can be derived is declared', async ({ capabilities }) => {
    for (const problem of missing(capabilities)) fail(problem)
  })

  define('what is not declared is refused', async (session) => {
    for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
      const declared = session.has(operation)
      assertSame(session.client.supports(operation), declared, `supports('${operation}')`)
      if (OPERATIONS[operation].length === 0) {
        if (!declared) await checkRefusal(session, operation)
        continue
      }
      for (const method of OPERATIONS[operation]) {
        const mode: unknown = Reflect.get(session.capabilities[operation] ?? {}, method)
        if (mode === undefined) await checkRefusal(session, `${operation}.${method}`)
      }
    }
  })
}

async function checkRefusal(session: Session, name: string): Promise<void> {
  const error = await session.refuses(name)
  assertSame(error.operation, name, `the operation in the error of ${name}`)
}

function checkList({ list }: Capabilities): void {
  if (!list) return
  assert(
    Number.isSafeInteger(list.maxPageSize) && list.maxPageSize > 0,
    'list.maxPageSize must be a whole number of 1 or more',
  )
  for (const [field, operators] of Object.entries(list.where)) {
    for (const operator of operators) {
      const name = field === 'customFields.*' ? 'customFields.x' : field
      const value = operator === 'exists' ? true : '2026-01-31T09:00:00.000Z'
      try {
        compileConditions([{ field: name, operator, value: operator === 'in' ? [value] : value }])
      } catch {
        fail(`list.where declares ${operator} on ${field}, which where does not have`)
      }
    }
  }
}

function checkKeys(
  capabilities: Capabilities,
  operation: 'get' | 'find' | 'update' | 'delete' | 'upsert',
): void {
  const declared = capabilities[operation]
  if (!declared) return
  const { by, scan = [] } = declared
  const keys = [...by, ...scan]
  for (const key of keys)
    assert(REF_KEYS.includes(key), `${operation} declares the key ${print(key)}, which is none`)
  assertSame(keys.length, new Set(keys).size, `${operation} declares a key twice`)
  assert(keys.length > 0, `${operation} declares no key`)
  assert(scan.length === 0 || capabilities.list !== undefined, `${operation}.scan needs list`)
  for (const key of scan) {
    assert(
      !capabilities.get?.by.includes(key),
      `${operation}.scan has ${key}, which get reads by without a scan`,
    )
  }
  if (operation === 'find')
    assertSame([...by].sort(), [...(capabilities.get?.by ?? [])].sort(), 'find.by is not get.by')
  if (operation === 'upsert') {
    const fields: readonly string[] = capabilities.upsert?.fields ?? []
    for (const key of keys) assert(fields.includes(key), `upsert by ${key} needs ${key} in upsert.fields`)
  }
}

function checkFields(capabilities: Capabilities, operation: 'create' | 'update' | 'upsert'): void {
  const fields = capabilities[operation]?.fields
  if (!fields) return
  for (const field of fields)
    assert(WRITABLE_FIELDS.includes(field), `${operation}.fields has ${print(field)}, which is none`)
  assertSame(fields.length, new Set(fields).size, `${operation}.fields names a field twice`)
  assert(operation !== 'update' || !fields.includes('id'), 'update.fields has id, which cannot change')
}

function checkBatch(operation: string, declared: BatchCapability | undefined): void {
  if (!declared) return
  const { mode, maxItems, atomic } = declared
  assert(
    maxItems === undefined || (Number.isSafeInteger(maxItems) && maxItems > 0),
    `${operation}.maxItems must be a whole number of 1 or more`,
  )
  assert(
    mode === 'native' || (maxItems === undefined && atomic !== true),
    `${operation} is emulated, so it has no maxItems and is not atomic`,
  )
}

/** What an adapter gets for nothing and has not declared, so that its users would miss it. */
function missing(capabilities: Capabilities): string[] {
  const rules: readonly (readonly [OperationName, OperationName])[] = [
    ['get', 'find'],
    ['find', 'get'],
    ['create', 'createMany'],
    ['update', 'updateMany'],
    ['upsert', 'upsertMany'],
    ['delete', 'deleteMany'],
    ...(capabilities.list?.complete === true
      ? ([
          ['list', 'count'],
          ['list', 'search'],
        ] as const)
      : []),
  ]
  const problems = rules
    .filter(([has, needs]) => capabilities[has] !== undefined && capabilities[needs] === undefined)
    .map(([has, needs]) => `${needs} is missing: with ${has} it can be had, at least emulated`)
  const { create, update, find, upsert } = capabilities
  const keys = [...(find?.by ?? []), ...(find?.scan ?? [])].filter((key) => create?.fields.includes(key))
  if (create && update && !upsert && keys.length > 0) {
    problems.push(
      `upsert is missing: with find by ${keys.join(', ')}, create and update it can be had, at least emulated`,
    )
  }
  return problems
}
