/** One request that the emulator received. */
export interface RecordedRequest {
  readonly method: string
  /** The whole address, as received. */
  readonly url: string
  /** The path as received, percent-encoding kept. */
  readonly path: string
  /** The query's names and values, decoded; of a name sent twice, the first value. */
  readonly query: Readonly<Record<string, string>>
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** The body as text; `''` when there was none. */
  readonly bodyText: string
  /** The body parsed as JSON; `undefined` when it is not JSON. */
  readonly json: unknown
  /** When it arrived, in milliseconds since the epoch, on the emulator's clock. */
  readonly receivedAt: number
  /** The status answered; `undefined` while unanswered, and for good when the connection was cut before. */
  readonly status: number | undefined
}

/** The requests received so far, oldest first. */
export type RecordedRequests = readonly RecordedRequest[] & {
  /** Forgets them. */
  readonly clear: () => void
}

/** A log of requests and the function that writes to it. */
export interface Recorder {
  readonly requests: RecordedRequests
  /** Notes a request; the function that comes with it notes its answer's status. */
  record(
    request: Request,
    bodyText: string,
    receivedAt: number,
  ): { readonly entry: RecordedRequest; noteStatus(status: number): void }
}

/** What keeps a log beside the recorder's own. */
interface Follower {
  /** The recorder has dropped a request. */
  forget(request: RecordedRequest): void
  /** The recorder has been cleared. */
  clear(): void
}

/**
 * Makes a recorder.
 *
 * @param limit - how many requests to keep; the oldest are dropped beyond it
 * @param follower - is told what the recorder forgets
 */
export function createRecorder(limit: number, follower: Follower): Recorder {
  const log: RecordedRequest[] = []
  const requests: RecordedRequests = Object.assign(log, {
    clear: () => {
      log.length = 0
      follower.clear()
    },
  })
  // Not enumerable, so that the log compares equal to a plain array.
  Object.defineProperty(log, 'clear', { enumerable: false })
  return {
    requests,
    record: (request, bodyText, receivedAt) => {
      const entry = new Entry(request, bodyText, receivedAt)
      log.push(entry)
      const dropped = log.length > limit ? log.shift() : undefined
      if (dropped !== undefined) follower.forget(dropped)
      return {
        entry,
        noteStatus: (status) => {
          entry.status = status
        },
      }
    },
  }
}

class Entry implements RecordedRequest {
  readonly method: string
  readonly url: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  readonly bodyText: string
  readonly receivedAt: number
  status: number | undefined = undefined

  constructor(request: Request, bodyText: string, receivedAt: number) {
    const url = new URL(request.url)
    this.method = request.method
    this.url = request.url
    this.path = url.pathname
    this.query = Object.fromEntries([...url.searchParams].reverse())
    this.headers = Object.fromEntries(request.headers)
    this.bodyText = bodyText
    this.receivedAt = receivedAt
  }

  get json(): unknown {
    try {
      return JSON.parse(this.bodyText)
    } catch {
      return undefined
    }
  }
}
