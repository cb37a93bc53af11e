import type { BatchOptions, BatchRun, RefKey } from '@anycontact/core'
import { refBy } from '@anycontact/core/adapter-kit'
import { fail } from '../assert.ts'
import type { Session } from '../session.ts'
import { patchOf } from './timed-calls.ts'

/** A batch that can be made again and again, each time of items of its own. */
export interface TimedBatch {
  /** The batch in words, for messages. */
  readonly what: string
  /** Whether its items are found by one reading of the listing, which is no item's own. */
  readonly isScan: boolean
  /** Makes what the items are about, and gives what runs the batch. */
  prepare(count: number): Promise<(options: BatchOptions) => BatchRun<unknown>>
}

/** The batch operations of contacts. */
export type BatchOperation = 'createMany' | 'updateMany' | 'upsertMany' | 'deleteMany'

/** The batches of an operation, by each key that its items can be found by. */
export function timedBatches(session: Session, operation: BatchOperation): readonly TimedBatch[] {
  const { client, capabilities } = session
  switch (operation) {
    case 'createMany':
      return [
        {
          what: 'createMany',
          isScan: false,
          async prepare(count) {
            const inputs = Array.from({ length: count }, () => session.everything())
            return (options) => client.createMany(inputs, options)
          },
        },
      ]
    case 'upsertMany':
      return keysOf(capabilities.upsert).map(([key, isScan]) => ({
        what: `upsertMany by ${key}`,
        isScan,
        async prepare(count) {
          const inputs = Array.from({ length: count }, () =>
            session.spelled({ ...session.basic(), ...session.sample([key]) }),
          )
          return (options) => client.upsertMany(inputs, { ...options, by: key, scan: isScan })
        },
      }))
    case 'updateMany':
      return keysOf(capabilities.update).map(([key, isScan]) => ({
        what: `updateMany by ${key}`,
        isScan,
        async prepare(count) {
          const refs = await makeRefs(session, key, count)
          const items = refs.map((ref) => ({ ref, patch: patchOf(session) }))
          return (options) => client.updateMany(items, { ...options, scan: isScan })
        },
      }))
    case 'deleteMany':
      return keysOf(capabilities.delete).map(([key, isScan]) => ({
        what: `deleteMany by ${key}`,
        isScan,
        async prepare(count) {
          const refs = await makeRefs(session, key, count)
          return (options) => client.deleteMany(refs, { ...options, scan: isScan })
        },
      }))
  }
}

function keysOf(
  declared: { readonly by: readonly RefKey[]; readonly scan?: readonly RefKey[] } | undefined,
): readonly (readonly [key: RefKey, isScan: boolean])[] {
  const { by = [], scan = [] } = declared ?? {}
  return [...by.map((key) => [key, false] as const), ...scan.map((key) => [key, true] as const)]
}

async function makeRefs(session: Session, key: RefKey, count: number) {
  const contacts = await session.makeMany(count)
  return contacts.map((contact) => {
    const value = contact[key] ?? fail(`contacts are found by ${key}, but they have none`)
    return refBy(key, value)
  })
}
