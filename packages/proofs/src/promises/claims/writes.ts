import type { Claim } from '../promise.ts'

/** Promises of writes, and of calls that write. */
export const writeClaims: readonly Claim[] = [
  {
    title: 'Writes are not doubled',
    promises: [
      {
        says: 'A create whose answer was lost is not sent again, unless the provider refuses a second one with its key.',
        keptBy: ['core/adapter-kit/create-once.ts'],
        provenBy: [
          'core/adapter-kit/create-once.test.ts',
          'cognipeer/writes/lost-create.test.ts',
          'chatbotkit/writes-lost.test.ts',
          'contact-methods/creating.test.ts',
        ],
        without: { line: 'key?.isUnique ?? false', becomes: 'true' },
      },
      {
        says: 'What a lost create made is found by its key and taken for it, where it is just like what was sent.',
        keptBy: ['core/adapter-kit/create-once.ts'],
        provenBy: ['cognipeer/writes/lost-create.test.ts', 'core/adapter-kit/create-once.test.ts'],
        without: { line: 'found !== undefined && key.isOurs(found)', becomes: 'false' },
      },
      {
        says: 'Upserts of one key on one client wait for each other, and make one contact.',
        keptBy: ['core/client/upserts.ts', 'core/call/timing.ts'],
        provenBy: ['core/client/conduct.test.ts', 'core/call/key-queue.test.ts'],
        without: {
          line: 'return runtime.queue.run([queueKey(call.by, checked)], () => {',
          becomes: 'return Promise.resolve().then(() => {',
        },
      },
      {
        says: 'An upsert writes to no other contact than the one that has the key: emails are compared without case, phones by digits and extension, ids byte for byte.',
        keptBy: ['core/client/lookup.ts'],
        provenBy: ['core/client/conduct.test.ts', 'core/client/same-key.test.ts'],
        without: { line: 'XX' },
      },
      {
        says: 'An answer about another contact is `bad_response`.',
        keptBy: ['core/client/lookup.ts'],
        provenBy: ['core/client/conduct.test.ts'],
        without: { line: 'XX' },
      },
      {
        says: '`error.applied` says whether something was written: `no`, `unknown` or `yes`.',
        keptBy: ['core/http/client.ts', 'core/call/scope.ts'],
        provenBy: ['core/http/client-applied.test.ts', 'core/call/scope-writes.test.ts'],
        without: { line: "log.lost ||= error.error.applied === 'unknown'" },
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
          line: ': startTimer(init.clock, limitMs, () => this.#abort.abort(new DeadlinePassed(limitMs)))',
          becomes: ': () => {}',
        },
      },
    ],
  },
  {
    title: 'Dry runs',
    promises: [
      {
        says: 'A dry run tells what would be created, updated and left as it is, and writes nothing.',
        keptBy: ['core/client/upserts.ts', 'core/client/batch-work.ts'],
        provenBy: ['core/client/upsert.test.ts'],
        without: { line: 'XX' },
      },
    ],
  },
]
