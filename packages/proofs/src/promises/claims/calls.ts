import type { Claim } from '../promise.ts'

/** Promises of calls: their time, their limits, and what they leave behind. */
export const callClaims: readonly Claim[] = [
  {
    title: 'Batches go on',
    promises: [
      {
        says: 'A bad item fails alone, and changes of one contact are made in the order of the items.',
        keptBy: ['core/client/batch-route.ts', 'core/client/batches.ts'],
        provenBy: ['core/client/batches-native.test.ts', 'core/client/batches-emulated.test.ts'],
        without: {
          line: 'const round = key === undefined ? 0 : (seen.get(key) ?? 0)',
          becomes: 'const round = 0',
        },
      },
      {
        says: 'An item of a batch that was not sent says so, in an error of its own.',
        keptBy: ['core/client/batch-work.ts', 'core/client/batch-route.ts'],
        provenBy: ['integration/promises/refused-credentials.test.ts'],
        without: {
          line: 'reason ? notSent<Item, Value>(chunk, reason) :',
          becomes:
            'reason ? chunk.items.map((_, offset) => ({ index: chunk.start + offset, ok: false as const, error: reason })) :',
        },
      },
      {
        says: 'What a batch has read of the listing stays true while the client writes.',
        keptBy: ['core/client/key-index.ts', 'core/client/stored.ts'],
        provenBy: ['core/client/key-index.test.ts'],
        without: { line: 'this.#forget(contact.id)' },
      },
    ],
  },
  {
    title: 'One deadline a call',
    promises: [
      {
        says: '`deadlineMs` covers all requests and waits of a call; each page of a listing and each item of a batch has its own.',
        keptBy: ['core/call/scope.ts'],
        provenBy: [
          'core/call/scope.test.ts',
          'core/client/listing-deadlines.test.ts',
          'chatbotkit/conformance.test.ts',
        ],
        without: {
          line: 'startTimer(init.clock, limitMs, () => this.#abort.abort(new DeadlinePassed(limitMs)))',
          becomes: 'undefined',
        },
      },
      {
        says: 'A call leaves no socket, timer or listener behind, however it ends.',
        keptBy: ['core/call/scope.ts', 'core/http/send.ts', 'core/call/timing.ts'],
        provenBy: [
          'integration/promises/many-on-one-signal.test.ts',
          'proofs/resources/aborts.test.ts',
          'proofs/resources/early-breaks.test.ts',
          'proofs/resources/time-outs.test.ts',
        ],
        without: { line: '    this.#stopFollowing()' },
      },
    ],
  },
  {
    title: 'Limits are kept',
    promises: [
      {
        says: 'No window of any length sees more requests than `rateLimit` takes: a turn is taken last, after credentials and headers.',
        keptBy: ['core/http/limiter.ts', 'core/http/send.ts'],
        provenBy: ['integration/promises/rate-limits.test.ts', 'core/http/limiter.test.ts'],
        without: {
          line: 'oldest === undefined || this.#starts.length < this.#most ? 0 : oldest + this.#perMs - now',
          becomes: '0',
        },
      },
      {
        says: 'After a wait too long to be waited out nothing more is sent of the same batch, copy or listing: the rest fails at once, with `retryAfterMs`.',
        keptBy: ['core/call/hold.ts', 'core/http/send.ts', 'core/http/refusals.ts'],
        provenBy: ['integration/promises/long-waits.test.ts', 'core/http/client-holds.test.ts'],
        without: {
          file: 'core/http/refusals.ts',
          line: 'if (retryAfterMs > longestMs) beginHold(scope.hold, code, clock.now() + retryAfterMs)',
          becomes: '',
        },
      },
      {
        says: "Waits are measured on the server's clock.",
        keptBy: ['core/http/headers.ts'],
        provenBy: ['integration/promises/server-clock.test.ts', 'core/http/refusals-waits.test.ts'],
        without: { line: "parseHttpDate(headers.get('date') ?? '') ?? nowMs", becomes: 'nowMs' },
      },
      {
        says: 'A credential that was refused is asked for again, once for all requests under way, and the request sent once more if it has changed.',
        keptBy: ['core/http/client.ts', 'core/http/headers.ts'],
        provenBy: ['core/http/client-renewal.test.ts', 'integration/promises/refused-credentials.test.ts'],
        without: { line: 'if (!isRenewed && mayRenew(failed, sending)) {', becomes: 'if (false) {' },
      },
    ],
  },
  {
    title: 'Dry runs',
    promises: [
      {
        says: 'A dry run tells what would be created, updated and left as it is, and writes nothing.',
        keptBy: ['core/client/batches.ts', 'core/client/upserts.ts'],
        provenBy: ['core/client/conduct.test.ts', 'integration/copying.test.ts'],
        without: { line: 'if (dryRun) {', becomes: 'if (false) {' },
      },
    ],
  },
  {
    title: 'Any endpoint by hand',
    promises: [
      {
        says: '`request` reaches what is below the base URL of the client and nothing else: any other path is refused before anything is sent.',
        keptBy: ['core/client/by-hand.ts', 'core/http/refusals.ts'],
        provenBy: ['integration/promises/by-hand.test.ts', 'core/client/by-hand.test.ts'],
        without: {
          line: String.raw`if (/(?:^|[/\\])\.\.?(?:$|[/\\;])/.test(text)) return 'must not have the steps . and .., escaped or not'`,
        },
      },
      {
        says: 'What is sent by hand is sent once, unless it is a GET, is said to be idempotent, or was surely not applied.',
        keptBy: ['core/client/by-hand.ts', 'core/adapter-kit/transport.ts'],
        provenBy: ['core/client/by-hand.test.ts', 'integration/promises/by-hand.test.ts'],
        without: { line: "isIdempotent ? 'idempotent' : 'once'", becomes: "'idempotent'" },
      },
    ],
  },
]
