import type { RefKey } from '@anycontact/core'
import { fail } from '../assert.ts'
import type { Session } from '../session.ts'

/** The key that batches of upserts are tried by: one that contacts can share, where there is one, else their id. */
export function upsertKey({ capabilities }: Session): RefKey {
  const { by = [], scan = [] } = capabilities.upsert ?? {}
  const keys = [...by, ...scan]
  return keys.find((key) => key !== 'id') ?? keys[0] ?? fail('upsert declares no key')
}

/** The option that makes an upsert tell exactly what it did, where it would not tell otherwise. */
export function exactOutcome({ capabilities }: Session): { readonly outcome?: 'exact' } {
  return capabilities.upsert?.outcome === 'stored' ? { outcome: 'exact' } : {}
}
