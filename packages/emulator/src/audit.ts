import type { RecordedRequest } from './recorder.ts'

/** A write by its request alone: creates by what they make, anything else as a change. */
export type Write = { readonly kind: 'change' } | { readonly kind: 'create'; readonly made: readonly Made[] }

/** Something that a create makes. */
export interface Made {
  /** All that it is made of: two that are equal are told apart by nothing. */
  readonly content: unknown
  /** The caller's own id of it, where the vendor has one and does not keep it unique. */
  readonly key?: string | undefined
}

/** Tells what a request writes; `undefined` when it reads. */
export type ReadWrite = (request: RecordedRequest) => Write | undefined

/** Requests that an audit brings together. */
export interface AuditFinding {
  /** Whose API they were sent to. */
  readonly vendor: string
  /** The requests that were applied, in the order in which they were received. */
  readonly requests: readonly RecordedRequest[]
  /** What they have to do with each other. */
  readonly why: string
}

/** What the writes of a log come to. */
export interface Audit {
  /** How many requests were applied as writes. */
  readonly writes: number
  /** How many writes were answered already and are still to be applied, because a fault delays them. */
  readonly pending: number
  /**
   * The doubled writes. A write is doubled when
   *
   * - a create was applied, at once or later,
   * - its answer did not reach the client as the vendor gives it: it was lost, cut, replaced, changed or given up waiting for,
   * - a create of the same was received after that, and
   * - that one was applied too.
   *
   * Two creates are of the same when all that they make something of is equal, or when the caller's own id is, where the vendor
   * takes it more than once (Cognipeer's `integrationId`). Items of a batch count one by one. It makes no difference who sent the
   * create again: a client that retries, or the program that uses it.
   */
  readonly doubled: readonly AuditFinding[]
  /** The same of writes that create nothing: harmless as long as nobody else writes between the two. */
  readonly repeated: readonly AuditFinding[]
  /**
   * Creates of the same where none was received after another one's answer was lost. A server cannot tell whether they were meant,
   * as two notes with equal text may be; whoever knows that all that he creates differs can count them as doubled.
   */
  readonly equal: readonly AuditFinding[]
  /** Whether the log holds every request since the last `reset()` or `requests.clear()`: `recordLimit` makes it drop the oldest. */
  readonly complete: boolean
}

/** What became of one request, noted as it happens. */
export interface Trace {
  /** The vendor's own answer, which may apply a write. */
  served(response: Response): Promise<void>
  /** From here on the client knows nothing of the vendor's answer. */
  lost(): void
  /** The write will be applied later. */
  delayed(): void
  /** A delayed write had its turn. */
  settled(): void
}

/** A log of writes that can be audited. */
export interface AuditLog {
  /** Begins to note what becomes of a request. */
  trace(request: RecordedRequest): Trace
  /** Forgets a request that the recorder has dropped. */
  forget(request: RecordedRequest): void
  /** Begins anew. */
  clear(): void
  audit(): Audit
}

/** One thing that was written, or one request that changed something. */
interface Applied {
  readonly request: RecordedRequest
  readonly received: number
  lost: number
}

interface Entry extends Applied {
  readonly write: Write
  /** Of a create, which of the things it made are there. */
  applied: readonly Made[] | undefined
  isDelayed: boolean
}

/**
 * Makes a log of writes.
 *
 * @param vendor - whose writes they are, for findings
 * @param readWrite - the vendor's facts about what writes
 */
export function createAuditLog(vendor: string, readWrite: ReadWrite): AuditLog {
  const entries = new Map<RecordedRequest, Entry>()
  let turn = 0
  let complete = true

  return {
    trace(request) {
      const write = readWrite(request)
      if (write === undefined) return NO_TRACE
      turn += 1
      const entry: Entry = {
        request,
        write,
        received: turn,
        lost: Number.POSITIVE_INFINITY,
        applied: undefined,
        isDelayed: false,
      }
      entries.set(request, entry)
      return {
        async served(response) {
          entry.applied = await appliedOf(write, response)
        },
        lost() {
          turn += 1
          entry.lost = Math.min(entry.lost, turn)
        },
        delayed() {
          entry.isDelayed = true
        },
        settled() {
          entry.isDelayed = false
        },
      }
    },
    forget(request) {
      entries.delete(request)
      complete = false
    },
    clear() {
      entries.clear()
      complete = true
    },
    audit() {
      const all = [...entries.values()]
      const applied = all.filter((entry) => entry.applied !== undefined)
      const creates = new Groups()
      const changes = new Groups()
      for (const entry of applied) {
        const { request, write } = entry
        const { method, url, bodyText } = request
        if (write.kind === 'change') changes.add(canonical([method, url, bodyText]), entry)
        for (const { content, key } of entry.applied ?? []) creates.add(key ?? canonical(content), entry)
      }
      const finding = (why: string) => (requests: readonly RecordedRequest[]) => ({ vendor, requests, why })
      return {
        writes: applied.length,
        pending: all.filter((entry) => entry.isDelayed).length,
        doubled: creates.after(true).map(finding('created again after the answer was lost')),
        repeated: changes.after(true).map(finding('sent again after the answer was lost')),
        equal: creates.after(false).map(finding('created more than once, no answer lost before')),
        complete,
      }
    },
  }
}

/** The audits of several vendors as one. */
export function joinAudits(audits: readonly Audit[]): Audit {
  const sum = (count: (audit: Audit) => number): number =>
    audits.reduce((all, audit) => all + count(audit), 0)
  return {
    writes: sum(({ writes }) => writes),
    pending: sum(({ pending }) => pending),
    doubled: audits.flatMap(({ doubled }) => doubled),
    repeated: audits.flatMap(({ repeated }) => repeated),
    equal: audits.flatMap(({ equal }) => equal),
    complete: audits.every(({ complete }) => complete),
  }
}

const NO_TRACE: Trace = { served: async () => {}, lost() {}, delayed() {}, settled() {} }

/** Writes of the same, by what they write. */
class Groups {
  readonly #groups = new Map<string, Applied[]>()

  add(id: string, applied: Applied): void {
    const group = this.#groups.get(id)
    if (group) group.push(applied)
    else this.#groups.set(id, [applied])
  }

  /** Those of more than one write in which one was received after another one's answer was lost, or in which none was. */
  after(isLost: boolean): (readonly RecordedRequest[])[] {
    return [...this.#groups.values()]
      .filter((group) => group.length > 1 && isSentAgain(group) === isLost)
      .map((group) => group.map(({ request }) => request))
  }
}

function isSentAgain(group: readonly Applied[]): boolean {
  return group.some(({ lost }) => group.some(({ received }) => received > lost))
}

/** What was made of a create's things: all of them, or those that a batch says have succeeded. */
async function appliedOf(write: Write, response: Response): Promise<readonly Made[] | undefined> {
  if (!response.ok) return undefined
  if (write.kind === 'change') return []
  if (write.made.length < 2) return write.made
  const answer: unknown = await response.clone().json()
  const succeeded = readList(answer, 'succeeded')
  if (succeeded === undefined) return write.made
  const indexes = new Set(succeeded.map((item) => Reflect.get(Object(item), 'index')))
  return write.made.filter((_, index) => indexes.has(index))
}

function readList(holder: unknown, name: string): readonly unknown[] | undefined {
  const value: unknown = Reflect.get(Object(holder), name)
  return Array.isArray(value) ? value : undefined
}

/** A value as JSON with the keys of its objects in order, so that equal values have equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}
