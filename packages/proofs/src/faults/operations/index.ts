import { REF_KEYS } from '@anycontact/core/adapter-kit'
import type { AnyClient } from '../kit.ts'
import type { Operation } from '../operation.ts'
import { BATCHES } from './batches.ts'
import { BY_HAND } from './by-hand.ts'
import { GROUPS } from './groups.ts'
import { listings, reading, searchAndCount } from './reads.ts'
import { creating, deleting, updating, upserting } from './writes.ts'

type Capabilities = Partial<AnyClient['capabilities']>

/**
 * Every operation of a client, by every key that it looks up itself and by one that it scans for.
 *
 * @throws Error when a capability is declared that the table does not know
 */
export function operationsOf(client: AnyClient): Operation[] {
  const capabilities: Capabilities = client.capabilities
  const { upsert } = capabilities
  const candidates = [
    ...listings(),
    ...keysOf(capabilities.get).map(([key, scan]) => reading('get', key, scan)),
    ...keysOf(capabilities.find).map(([key, scan]) => reading('find', key, scan)),
    ...searchAndCount(),
    creating(),
    ...keysOf(capabilities.update).map(([key, scan]) => updating(key, scan)),
    ...keysOf(capabilities.delete).map(([key, scan]) => deleting(key, scan)),
    ...REF_KEYS.flatMap((key) => {
      if (upsert?.by.includes(key)) return upserting(key, false)
      return upsert?.scan?.includes(key) ? upserting(key, true) : []
    }),
    ...BATCHES,
    ...GROUPS,
    ...BY_HAND,
  ]
  const operations = candidates.filter(({ of }) => isDeclared(capabilities, of))
  const covered = new Set(operations.map(({ of }) => of))
  const missing = declared(capabilities).filter((name) => !covered.has(name))
  if (missing.length > 0) throw new Error(`The table has no operation for ${missing.join(', ')}`)
  return operations
}

interface Lookup {
  readonly by: readonly string[]
  readonly scan?: readonly string[] | undefined
}

function keysOf(lookup: Lookup | undefined): [(typeof REF_KEYS)[number], boolean][] {
  const native = REF_KEYS.filter((key) => lookup?.by.includes(key))
  const scanned = REF_KEYS.filter((key) => lookup?.scan?.includes(key)).slice(0, 1)
  return [
    ...native.map((key): [typeof key, boolean] => [key, false]),
    ...scanned.map((key): [typeof key, boolean] => [key, true]),
  ]
}

function declared(capabilities: Capabilities): string[] {
  return Object.entries(capabilities).flatMap(([name, capability]) => {
    if (name === 'customFields') return []
    return 'mode' in capability ? [name] : Object.keys(capability).map((method) => `${name}.${method}`)
  })
}

function isDeclared(capabilities: Capabilities, name: string): boolean {
  return declared(capabilities).includes(name)
}
