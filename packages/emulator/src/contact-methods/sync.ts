import { isJsonObject, type JsonObject } from '../json.ts'
import { ApiError, atItem, invalid } from './errors.ts'
import type { ContactMethodsSwitches } from './options.ts'
import type { ContactMethodsRecord, MethodFields } from './record.ts'
import type { MethodStore } from './store.ts'
import { readFields, readNewMethod, type ValidationRules } from './validate.ts'

/** What a sync is asked to do. */
export interface SyncRequest {
  readonly items: readonly unknown[]
  /** Whether the client's methods that no item names are deleted. */
  readonly replaceMode: boolean
}

/** What a sync did. */
export interface Synced {
  readonly created: readonly ContactMethodsRecord[]
  readonly updated: readonly ContactMethodsRecord[]
  readonly deleted: readonly string[]
}

type Rules = ValidationRules & Pick<ContactMethodsSwitches, 'syncUpdate' | 'syncDelete'>

/** Brings a client's methods to what the items say, all or nothing: deletes first, then the items in their order. */
export function syncClient(
  store: MethodStore,
  clientId: string,
  { items, replaceMode }: SyncRequest,
  rules: Rules,
): Synced {
  return store.transaction(() => {
    const deleted: string[] = []
    const kept = new Set<string>()
    const created: string[] = []
    const updated: string[] = []
    const writes: (() => void)[] = []
    for (const [index, given] of items.entries()) {
      try {
        const { item, existing } = readItem(store, clientId, given, rules)
        if (item._delete === true) {
          if (existing === undefined) throw invalid([{ path: ['id'], message: 'Required to delete' }])
          store.delete(existing)
          deleted.push(existing.id)
        } else if (existing !== undefined) {
          kept.add(existing.id)
          const fields = updateOf(readFields(item, rules), rules)
          writes.push(() => updated.push(store.update(store.get(existing.id), fields).id))
        } else {
          const fields = readNewMethod({ ...item, clientId }, rules)
          writes.push(() => created.push(store.create(fields).id))
        }
      } catch (error) {
        throw error instanceof ApiError ? atItem(error, index) : error
      }
    }
    if (replaceMode) {
      for (const other of store.ofClient(clientId)) {
        if (kept.has(other.id)) continue
        store.delete(other)
        deleted.push(other.id)
      }
    }
    for (const write of writes) write()
    // As they are in the end: a later item may have taken the primary flag from an earlier one.
    return {
      created: created.map((id) => store.get(id)),
      updated: updated.map((id) => store.get(id)),
      deleted,
    }
  })
}

function readItem(
  store: MethodStore,
  clientId: string,
  given: unknown,
  rules: Rules,
): { readonly item: JsonObject; readonly existing: ContactMethodsRecord | undefined } {
  if (!isJsonObject(given)) throw invalid([{ path: [], message: 'Invalid input: expected object' }])
  const { id, externalId, _delete } = given
  if (_delete === true && rules.syncDelete === 'whole') readFields(given, rules, ['type', 'value'])
  if (id !== undefined && typeof id !== 'string') {
    throw invalid([{ path: ['id'], message: 'Invalid input: expected string' }])
  }
  const existing =
    id !== undefined
      ? store.get(id)
      : typeof externalId === 'string'
        ? store.findByExternalId(externalId)
        : undefined
  if (existing !== undefined && existing.clientId !== clientId) {
    throw new ApiError('NOT_FOUND', 'Contact method not found')
  }
  return { item: given, existing }
}

/** What an item changes: what it names or, by the switch, everything. */
function updateOf(fields: MethodFields, { syncUpdate }: Rules): MethodFields {
  if (syncUpdate === 'merge') return fields
  return { isPrimary: false, label: null, externalId: null, metadata: null, ...fields }
}
