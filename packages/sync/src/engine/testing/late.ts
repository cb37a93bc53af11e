import type { Clock, FetchFunction } from '@anycontact/core'

/** A write that was sent, of which its sender hears nothing. */
export interface LateWrite {
  /** How long after it was sent the provider carries it out, in milliseconds. */
  readonly lands: number
}

/**
 * Has creates of contacts land late: their sender sees the connection fail, and the provider carries them out later.
 *
 * @param late - tells of a create, by its number from 1, when it lands; `undefined` for one that lands at once
 */
export function landingLate(clock: () => Clock, late: (number: number) => LateWrite | undefined) {
  let creates = 0
  return (send: FetchFunction): FetchFunction =>
    async (input, init) => {
      const isCreate = init?.method === 'POST' && !/\/(list|update|delete|ensure|fetch)\b/.test(String(input))
      const write = isCreate ? late(++creates) : undefined
      if (!write) return await send(input, init)
      // What was sent is sent: it lands whatever its sender does meanwhile.
      const { signal: _, ...sent } = init ?? {}
      void clock()
        .sleep(write.lands)
        .then(() => send(input, sent))
      throw new TypeError('fetch failed')
    }
}
