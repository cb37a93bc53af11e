import type { ContactsBase, OperationName, RefKey } from '@anycontact/core'
import { OPERATIONS, REF_KEYS } from '@anycontact/core/adapter-kit'
import type { Host } from '../host.ts'
import { styleOf } from './style.ts'
import { printTable } from './table.ts'

/** Prints what providers can do: operations under each other, providers beside each other. */
export function capabilityTable(
  providers: readonly { readonly name: string; readonly contacts: ContactsBase }[],
  host: Host,
): string {
  const { stdout } = host
  const rows = Object.keys(OPERATIONS)
    .filter(isOperation)
    .map((operation) => [operation, ...providers.map(({ contacts }) => cell(contacts, operation))])
    .filter(([, ...cells]) => cells.some((one) => one !== NOT_THERE))
  const columns = [{ title: '' }, ...providers.map(({ name }) => ({ title: name }))]
  const width = stdout.isTerminal ? stdout.columns : undefined
  return printTable({ columns, width, style: styleOf(host, stdout) }, rows) + legend(rows.flat())
}

const NOT_THERE = '–'
const BY_SCAN = '¹'
const EMULATED = '²'

function legend(cells: readonly string[]): string {
  const has = (mark: string): boolean => cells.some((text) => text.includes(mark))
  const lines = [
    ...(has(BY_SCAN) ? [`${BY_SCAN} by other keys with --scan, which looks through all contacts`] : []),
    ...(has(EMULATED) ? [`${EMULATED} made here of several requests`] : []),
  ]
  return lines.length > 0 ? `\n${lines.join('\n')}\n` : ''
}

function cell({ capabilities }: ContactsBase, operation: OperationName): string {
  const declared: unknown = capabilities[operation]
  if (typeof declared !== 'object' || declared === null) return NOT_THERE
  const by: unknown = Reflect.get(declared, 'by')
  const scan: unknown = Reflect.get(declared, 'scan')
  return [
    Array.isArray(by) ? keysText(REF_KEYS.filter((key) => by.includes(key))) : 'yes',
    Array.isArray(scan) && scan.length > 0 ? BY_SCAN : '',
    Reflect.get(declared, 'mode') === 'emulated' ? EMULATED : '',
  ].join('')
}

function keysText(keys: readonly RefKey[]): string {
  const [other, ...others] = REF_KEYS.filter((key) => !keys.includes(key))
  if (other === undefined) return 'any key'
  if (others.length === 0) return `any but ${other}`
  return keys.join(', ') || 'a scan'
}

function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name)
}
