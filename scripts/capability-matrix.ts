/**
 * Prints what each provider can do into README.md, from the adapters' own declarations.
 * `--check` writes nothing and fails when the page is not what it would write.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { chatbotkitAdapter } from '@anycontact/chatbotkit'
import { type AnyAdapter, OPERATIONS, type OperationName } from '@anycontact/core'
import { memoryAdapter } from '@anycontact/memory'

const page = join(resolve(import.meta.dirname, '..'), 'README.md')
const begin = '<!-- capability-matrix:begin (made by `pnpm docs:matrix`) -->'
const end = '<!-- capability-matrix:end -->'

const adapters: readonly AnyAdapter[] = [chatbotkitAdapter({ secret: 'unused' }), memoryAdapter()]

const text = readFileSync(page, 'utf8')
const [before, rest] = split(text, begin)
const [, after] = split(rest, end)
const updated = `${before}${begin}\n${matrix()}\n${end}${after}`

if (!process.argv.includes('--check')) {
  writeFileSync(page, updated)
  console.log('The capability matrix in README.md is up to date.')
} else if (updated === text) {
  console.log('The capability matrix in README.md is what the adapters declare.')
} else {
  console.error('The capability matrix in README.md is stale: run `pnpm docs:matrix`.')
  process.exitCode = 1
}

function matrix(): string {
  const head = ['operation', ...adapters.map(({ provider }) => provider)]
  const rows = (Object.keys(OPERATIONS) as OperationName[]).flatMap((operation) => {
    const methods: readonly string[] = OPERATIONS[operation]
    if (methods.length === 0)
      return [[`\`${operation}\``, ...adapters.map((adapter) => modeOf(adapter, operation, 'mode'))]]
    return methods.map((method) => [
      `\`${operation}.${method}\``,
      ...adapters.map((adapter) => modeOf(adapter, operation, method)),
    ])
  })
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const table = [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
  const legend =
    '*native*: the provider does it; *emulated*: done here with other calls, which costs more and can race; –: not there, and does not compile.'
  return `\n${table}\n\n${legend}\n\n${adapters.map(details).join('\n')}\n`
}

function modeOf({ capabilities }: AnyAdapter, operation: OperationName, key: string): string {
  const mode: unknown = Reflect.get(capabilities[operation] ?? {}, key)
  return typeof mode === 'string' ? mode : '–'
}

function details({ provider, capabilities }: AnyAdapter): string {
  const { list, get, upsert, create, update } = capabilities
  const facts: string[] = []
  if (get)
    facts.push(`looks up by ${names(get.by)}${get.scan?.length ? `, by a scan also ${names(get.scan)}` : ''}`)
  if (upsert)
    facts.push(
      `upserts by ${names(upsert.by)}${upsert.scan?.length ? `, by a scan also ${names(upsert.scan)}` : ''}`,
    )
  if (list) {
    const filters = Object.entries(list.where).map(
      ([field, operators]) => `\`${field}\` (${operators.join(', ')})`,
    )
    facts.push(filters.length > 0 ? `filters itself: ${filters.join(', ')}` : 'filters nothing itself')
    facts.push(list.orderBy.length > 0 ? `sorts by ${names(list.orderBy)}` : 'does not sort')
  }
  if (create) facts.push(`stores ${names(create.fields)}`)
  if (update && create && update.fields.join() !== create.fields.join())
    facts.push(`changes ${names(update.fields)}`)
  return `- **${provider}** ${facts.join('; ')}.`
}

function names(list: readonly string[]): string {
  return list.map((name) => `\`${name}\``).join(', ')
}

function split(whole: string, marker: string): [string, string] {
  const at = whole.indexOf(marker)
  if (at < 0) throw new Error(`README.md has no ${marker}`)
  return [whole.slice(0, at), whole.slice(at + marker.length)]
}
