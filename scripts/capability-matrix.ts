/**
 * Prints what each provider can do into README.md, docs/guides/capabilities.md and the adapters' own pages, from what the
 * adapters declare.
 * `--check` writes nothing and fails when a page is not what it would write.
 */
import { channelInboxAdapter } from '@anycontact/channel-inbox'
import { chatbotkitAdapter } from '@anycontact/chatbotkit'
import { cognipeerAdapter } from '@anycontact/cognipeer'
import { contactMethodsAdapter } from '@anycontact/contact-methods'
import type { OperationName } from '@anycontact/core'
import { type AnyAdapter, OPERATIONS } from '@anycontact/core/adapter-kit'
import { memoryAdapter } from '@anycontact/memory'
import { table, writePart } from './page-part.ts'

const adapters: readonly AnyAdapter[] = [
  chatbotkitAdapter({ secret: 'unused' }),
  cognipeerAdapter({ token: 'unused', hookId: 'unused' }),
  channelInboxAdapter({ apiKey: 'unused' }),
  contactMethodsAdapter({ apiKey: 'unused', environment: 'test' }),
  memoryAdapter(),
]

const check = process.argv.includes('--check')
print(
  'README.md',
  `${matrix()}\n\nWhat each provider looks up, filters, sorts and stores is on the [capabilities page](docs/guides/capabilities.md).`,
)
print('docs/guides/capabilities.md', `${matrix()}\n\n${adapters.map(details).join('\n\n')}`)

for (const adapter of adapters) {
  print(`packages/${adapter.provider}/README.md`, `${operationsOf(adapter)}\n\n${facts(adapter)}`)
}

function print(page: string, content: string): void {
  writePart(
    { page, name: 'capability-matrix', command: 'pnpm docs:matrix', what: 'The capabilities' },
    content,
    check,
  )
}

function matrix(): string {
  const rows = (Object.keys(OPERATIONS) as OperationName[]).flatMap((operation) => {
    const methods: readonly string[] = OPERATIONS[operation]
    if (methods.length === 0) return [row(`\`${operation}\``, (adapter) => cell(adapter, operation, 'mode'))]
    return methods.map((method) =>
      row(`\`${operation}.${method}\``, (adapter) => cell(adapter, operation, method)),
    )
  })
  const legend = [
    '*native*: the provider does it. *emulated*: done here with other calls, which costs more and can race. –: not there, and does not compile.',
    '¹ also by a scan of the whole listing, for keys that must be asked for with `scan: true`. ² one streamed answer when iterated over.',
    '³ all or nothing with `atomic: true`.',
  ].join(' ')
  return `${table(['operation', ...adapters.map(({ provider }) => provider)], rows)}\n\n${legend}`
}

function cell({ capabilities }: AnyAdapter, operation: OperationName, key: string): string {
  const declared: unknown = capabilities[operation]
  const mode = read(declared, key)
  if (typeof mode !== 'string') return '–'
  const by = read(declared, 'by')
  const scan = read(declared, 'scan')
  const keys = Array.isArray(by) ? `: ${by.join(', ') || 'by a scan alone'}` : ''
  return [
    `${mode}${keys}`,
    Array.isArray(scan) && scan.length > 0 ? '¹' : '',
    read(declared, 'streaming') === true ? '²' : '',
    read(declared, 'atomic') === true ? '³' : '',
  ].join('')
}

function details(adapter: AnyAdapter): string {
  return `## ${adapter.provider}\n\n${facts(adapter)}`
}

/** The operations by how they are done. */
function operationsOf(adapter: AnyAdapter): string {
  const byMode: Record<string, string[]> = { native: [], emulated: [], 'not there': [] }
  for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
    const methods: readonly string[] = OPERATIONS[operation]
    const named =
      methods.length === 0
        ? [['mode', operation]]
        : methods.map((method) => [method, `${operation}.${method}`])
    for (const [key = '', name = ''] of named) {
      const mode = read(adapter.capabilities[operation], key)
      byMode[typeof mode === 'string' ? mode : 'not there']?.push(name)
    }
  }
  const rows = Object.entries(byMode).filter(([, list]) => list.length > 0)
  return table(
    ['', ''],
    rows.map(([mode, list]) => [mode, names(list)]),
  )
}

function facts({ capabilities }: AnyAdapter): string {
  const { list, get, create, update, upsert } = capabilities
  const known: string[][] = []
  if (get) known.push(['looks up by', names(get.by)], ['looks up by a scan', names(get.scan ?? [])])
  if (upsert) known.push(['upserts by', names(upsert.by)], ['upserts by a scan', names(upsert.scan ?? [])])
  if (list) {
    const filters = Object.entries(list.where).map(
      ([field, operators]) => `\`${field}\` (${operators.join(', ')})`,
    )
    known.push(
      ['pages', `by ${list.pagination}, ${list.maxPageSize} contacts at most`],
      ['filters itself', filters.join(', ') || 'nothing'],
      ['sorts by', names(list.orderBy) || 'nothing'],
      ['tells a total', list.total ? 'yes' : 'no'],
      ['lists every contact', list.complete ? 'yes' : 'no'],
      ['keeps deleted contacts', list.softDeletes ? 'yes; left out unless `includeDeleted`' : 'no'],
    )
  }
  if (create) known.push(['stores', names(create.fields)])
  if (update) known.push(['changes', names(update.fields)])
  return table(
    ['', ''],
    known.filter(([, fact]) => fact !== ''),
  )
}

function row(name: string, of: (adapter: AnyAdapter) => string): string[] {
  return [name, ...adapters.map(of)]
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(', ')
}

function read(holder: unknown, key: string): unknown {
  return typeof holder === 'object' && holder !== null ? Reflect.get(holder, key) : undefined
}
