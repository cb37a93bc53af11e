import type { UpsertOutcome } from '../adapter/adapter.ts'
import type { BatchResult, ItemSource } from '../client/batch.ts'
import { createBatchRun } from '../client/batch.ts'
import { failureOf } from '../client/batch-route.ts'
import { withOverrides } from '../client/policy.ts'
import { runtimeOf } from '../client/remember.ts'
import { createBatchMemo, nameError, type Runtime } from '../client/runtime.ts'
import type { ContactsWith } from '../client/types.ts'
import { planUpsert, type UpsertCall } from '../client/writes.ts'
import type { ContactInput } from '../model/input.ts'
import type { CopyWrite } from './copy-contacts.ts'

/** What upserting would do with each item; nothing is written. */
export function planCopy(
  to: ContactsWith<'upsertMany'>,
  items: ItemSource<ContactInput>,
  write: CopyWrite,
): AsyncIterable<BatchResult<{ readonly outcome: UpsertOutcome }>> {
  const operation = 'upsertMany'
  const behind = runtimeOf(to)
  const policy = withOverrides(to.provider, behind.policy, write)
  const runtime: Runtime = { ...behind, policy }
  const { by, scan, signal, timeoutMs, headers } = write
  const call: UpsertCall = { operation, by, scan, signal, timeoutMs, headers, batch: createBatchMemo() }
  const failed = failureOf<{ readonly outcome: UpsertOutcome }>(runtime, operation, signal)
  return createBatchRun({
    source: items,
    options: write,
    defaultConcurrency: policy.concurrency ?? 4,
    nameError: (error: unknown) => nameError(error, runtime, operation, signal),
    run: ({ items: chunk, start }) =>
      Promise.all(
        chunk.map(async (input, offset) => {
          const index = start + offset
          try {
            return { ok: true as const, index, outcome: await planUpsert(runtime, input, call) }
          } catch (error) {
            return failed(index, error)
          }
        }),
      ),
  })
}
