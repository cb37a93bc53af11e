import type { ContactsWarning } from '@anycontact/chatbotkit'
import type { PartsReport } from './report.ts'

/** One run with one provider, and what it cost. */
export interface ProviderRun<Report extends PartsReport = PartsReport> {
  /** What the provider is called. */
  readonly name: string
  readonly report: Report
  readonly requests: number
  readonly elapsedMs: number
  /** How often each field of the file was left out, because the provider has none for it. */
  readonly leftOut: ReadonlyMap<string, number>
}

/** What the hooks of a client count. */
export interface Meter {
  readonly onRequest: () => void
  readonly onWarning: (warning: ContactsWarning) => void
  /** How many requests were sent so far. */
  readonly requests: () => number
  /** How often each field was left out so far. */
  readonly leftOut: () => ReadonlyMap<string, number>
}

/** Makes hooks that count. */
export function createMeter(): Meter {
  let requests = 0
  const leftOut = new Map<string, number>()
  return {
    onRequest: () => {
      requests++
    },
    onWarning: ({ field = 'a record' }) => {
      leftOut.set(field, (leftOut.get(field) ?? 0) + 1)
    },
    requests: () => requests,
    leftOut: () => new Map(leftOut),
  }
}

/**
 * Runs something with a client and measures it.
 *
 * @param name - what the provider is called
 * @param now - the time in milliseconds, from any beginning
 */
export async function measured<Report extends PartsReport>(
  name: string,
  meter: Meter,
  now: () => number,
  run: () => Promise<Report>,
): Promise<ProviderRun<Report>> {
  const [startedAt, sentBefore] = [now(), meter.requests()]
  const report = await run()
  return {
    name,
    report,
    requests: meter.requests() - sentBefore,
    elapsedMs: now() - startedAt,
    leftOut: meter.leftOut(),
  }
}
