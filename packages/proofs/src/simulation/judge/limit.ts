import type { Script } from '../script.ts'
import type { Sent } from '../world/network.ts'

/** Law 7: no window of any length has more requests than allowed. */
export function overLimit(
  sent: readonly Sent[],
  { rateLimit, definition }: Pick<Script, 'rateLimit' | 'definition'>,
): string[] {
  if (!rateLimit) return []
  const { requests, perMs, burst } = rateLimit
  // As a bucket: it holds a burst, fills at the pace of the limit, and every request takes one. It runs over in the worst window.
  const levels = new Map<string, { level: number; at: number }>()
  for (const { process, endpoint, sentAt } of sent) {
    // A process that is alone counts by itself, and what it has counted is gone with it.
    const bucket = definition.workers === 0 ? `${process} ${endpoint}` : endpoint
    const { level, at } = levels.get(bucket) ?? { level: 0, at: sentAt }
    const now = Math.max(0, level - ((sentAt - at) * requests) / perMs) + 1
    if (now > burst + 1e-6)
      return [`law 7: ${endpoint} had more requests than ${requests} in ${perMs} ms and ${burst} at once`]
    levels.set(bucket, { level: now, at: sentAt })
  }
  return []
}
