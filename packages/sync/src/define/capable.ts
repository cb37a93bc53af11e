import type { Capabilities, RefKey, WritableField } from '@anycontact/core'
import { PLAIN_FIELDS } from '../project/places.ts'

/** What a side can do, as far as a sync needs to know. */
export interface CapableSide {
  readonly provider: string
  readonly capabilities: Capabilities
  /** The fields of its contacts, where it is only read and knows them: those of inputs. */
  readonly fields?: readonly WritableField[] | undefined
}

/** The fields that a side can hold: those that some write of it stores. One that is only read shows those that it names, or any. */
export function heldFields({ capabilities, fields }: CapableSide): ReadonlySet<WritableField> {
  const { create, update, upsert } = capabilities
  const writes = [create, update, upsert].filter((write) => write !== undefined)
  if (writes.length === 0) return new Set(fields ?? [...PLAIN_FIELDS, 'customFields'])
  return new Set(writes.flatMap((write) => write.fields))
}

/** Whether a side is only read and knows its fields: its contacts are inputs, and each has what it was made of as its `raw`. */
export function isOfInputs({ capabilities, fields }: CapableSide): boolean {
  return fields !== undefined && capabilities.create === undefined && capabilities.update === undefined
}

/** The fields that can be changed on a side, once the contact is there. */
export function changeableFields({ capabilities: { update } }: CapableSide): ReadonlySet<WritableField> {
  return new Set(update?.fields ?? [])
}

/** The keys by which a side finds a contact, itself or by reading its listing. */
export function findableKeys({ capabilities: { find, get, upsert } }: CapableSide): ReadonlySet<RefKey> {
  return new Set([find, get, upsert].flatMap((lookup) => [...(lookup?.by ?? []), ...(lookup?.scan ?? [])]))
}

/** The keys by which a side can be the one that contacts are written to: it stores them with a create, and finds by them. */
export function writableKeys(side: CapableSide): RefKey[] {
  const stored: ReadonlySet<WritableField> = new Set(side.capabilities.create?.fields ?? [])
  return [...findableKeys(side)].filter((key) => stored.has(key))
}

/** Whether the ids of a side are the caller's own: it takes them, and has no external ids beside them. */
export function hasOwnIds(side: CapableSide): boolean {
  const fields = heldFields(side)
  return fields.has('id') && !fields.has('externalId')
}

/** The types of contact methods that a side has one fixed place for each; absent where it has a list. */
export function slotsOf({ capabilities: { create, update } }: CapableSide): readonly string[] | undefined {
  return update?.slots ?? create?.slots
}
