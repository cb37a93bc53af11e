import type { SyncClient } from '../project/plan.ts'

/** A source of inputs as a client that tells nobody of rows that it refuses. */
export const QUIET = Symbol.for('@anycontact/sync quiet inputs')

/** A side for a reading beside that of its generation: who was told of rows that are refused is not told again. */
export function quietly(client: SyncClient): SyncClient {
  const quiet: unknown = Reflect.get(client, QUIET)
  return quiet === undefined ? client : (quiet as SyncClient) // nothing else has the symbol
}
