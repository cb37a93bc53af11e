import type { Claim } from '../promise.ts'

/** Promises of writes. */
export const writeClaims: readonly Claim[] = [
  {
    title: 'Writes are not doubled',
    promises: [
      {
        says: 'A create whose answer was lost is not sent again, unless the provider refuses a second one with its key.',
        keptBy: ['core/adapter-kit/create-once.ts'],
        provenBy: [
          'core/adapter-kit/create-once.test.ts',
          'integration/promises/late-creates.test.ts',
          'integration/promises/lost-creates.test.ts',
          'proofs/faults/laws.test.ts',
        ],
        without: { line: 'key?.isUnique ?? false', becomes: 'true' },
      },
      {
        says: 'Deno, which sends text and bytes again by itself when a connection breaks, gets the body of a write in a form that it sends once.',
        keptBy: ['core/http/request.ts'],
        provenBy: ['core/http/client-runtimes.test.ts'],
        without: { line: 'isResent ? new Blob([body]) : body', becomes: 'body' },
      },
      {
        says: 'What a lost create made is found by its key and taken for it, where it is just like what was sent.',
        keptBy: ['core/adapter-kit/create-once.ts'],
        provenBy: [
          'core/adapter-kit/create-once.test.ts',
          'cognipeer/writes/lost-create.test.ts',
          'contact-methods/creating.test.ts',
        ],
        without: { line: 'found !== undefined && key.isOurs(found)', becomes: 'false' },
      },
      {
        says: 'While nobody knows what became of a create, nothing else on that client creates the same contact.',
        keptBy: ['core/client/writes.ts', 'core/call/timing.ts'],
        provenBy: [
          'integration/promises/late-creates.test.ts',
          'integration/promises/same-key-doubts.test.ts',
        ],
        without: { line: 'throw mayBeOnItsWay()', becomes: 'void 0' },
      },
      {
        says: 'Creates and upserts on one client that share a key wait for each other, and make one contact.',
        keptBy: ['core/client/upserts.ts', 'core/call/timing.ts'],
        provenBy: [
          'integration/promises/same-key-at-once.test.ts',
          'integration/promises/same-key-doubts.test.ts',
          'core/client/conduct.test.ts',
        ],
        without: {
          line: 'inTurn(runtime, keys, call.scope, () => upsertNow(runtime, checked, call))',
          becomes: 'upsertNow(runtime, checked, call)',
        },
      },
      {
        says: 'Only a lookup says that a contact is absent: a 404 of a listing is `bad_response`, and nothing is created for it.',
        keptBy: ['core/client/listing.ts', 'core/adapter-kit/transport.ts'],
        provenBy: ['integration/promises/listing-not-found.test.ts'],
        without: {
          file: 'core/errors.ts',
          line: "error.code !== 'not_found' || error === signal?.reason",
          becomes: 'true',
        },
      },
      {
        says: '`error.applied` says whether something was written: `no`, `unknown` or `yes`.',
        keptBy: ['core/http/client.ts', 'core/call/scope.ts'],
        provenBy: [
          'core/http/client-applied.test.ts',
          'core/call/scope-writes.test.ts',
          'proofs/faults/laws.test.ts',
        ],
        without: { line: "log.lost ||= error.error.applied === 'unknown'" },
      },
      {
        says: 'A contact that is gone when it is to be deleted is `not_found`, unless an earlier attempt of the same call may have deleted it.',
        keptBy: ['core/call/unless-gone.ts'],
        provenBy: ['integration/promises/deletions.test.ts'],
        without: { line: 'if (!isGone) throw error', becomes: 'throw error' },
      },
      {
        says: 'A write is believed only where its answer can be: HTML, `success: false` or an error object under a status of success leave its fate `unknown`.',
        keptBy: ['core/adapter-kit/transport.ts'],
        provenBy: ['integration/promises/deletions.test.ts'],
        without: {
          line: "if (text.trim().startsWith('<')) throw bad('the answer is HTML. Check `baseUrl`, and proxies on the way.')",
        },
      },
      {
        says: '`retry: false` on one call sends each update and deletion once, and each create that has no key of its own.',
        keptBy: ['core/http/request.ts'],
        provenBy: ['integration/promises/sent-once.test.ts'],
        without: {
          file: 'core/http/settings.ts',
          line: 'if (retry === false) return { ...defaults, attempts: 1 }',
        },
      },
      {
        says: 'A copy makes one contact of each source contact: ids carry their provider, and a key that is used twice is `conflict`.',
        keptBy: ['core/copy/copy-input.ts', 'core/copy/copy-contacts.ts'],
        provenBy: ['integration/promises/copies-keys.test.ts'],
        without: { file: 'core/copy/copy-contacts.ts', line: "repeatedKeys: 'conflict',", becomes: '' },
      },
    ],
  },
  {
    title: 'What is stored is what you wrote',
    promises: [
      {
        says: "A field that the provider took and did not keep is `unsupported_field` with `applied: 'yes'` and the contact's id, and another spelling is a warning: the answer is compared with what was written.",
        keptBy: ['core/client/stored.ts', 'core/client/spelling.ts'],
        provenBy: ['integration/promises/kept-fields.test.ts', 'core/client/stored.test.ts'],
        without: {
          line: 'report(runtime, call, latest.id, isFound ? deviations : asUnfindable(by, deviations), isNew)',
        },
      },
      {
        says: 'An upsert writes to no other contact than the one that has the key: emails are compared without case, phones by digits and extension, ids byte for byte.',
        keptBy: ['core/client/lookup.ts', 'core/client/lookup-errors.ts'],
        provenBy: ['integration/promises/folded-keys.test.ts', 'core/client/same-key.test.ts'],
        without: {
          file: 'core/client/lookup-errors.ts',
          line: "const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()",
          becomes: 'const fold = (text: string): string => text',
        },
      },
      {
        says: 'An answer about another record than the one that was asked for is `bad_response`.',
        keptBy: ['core/client/lookup.ts'],
        provenBy: ['integration/promises/other-records.test.ts', 'core/client/conduct.test.ts'],
        without: {
          line: "if (key === 'id' || found === undefined || !resembles(found, value)) throw otherRecord(runtime, key)",
          becomes: 'return',
        },
      },
      {
        says: 'A number with more digits than JavaScript holds, and text that was damaged on its way, is never written back changed.',
        keptBy: ['core/model/digits.ts', 'core/http/body.ts'],
        provenBy: [
          'integration/promises/written-back.test.ts',
          'integration/promises/digits-by-hand.test.ts',
        ],
        without: { line: 'if (isLossy) compareDigits(value, JSON.parse(quoted))' },
      },
      {
        says: 'A contact that the provider keeps as deleted is written to, and never `unchanged`.',
        keptBy: ['core/client/upserts.ts'],
        provenBy: ['integration/promises/copies-keys.test.ts'],
        without: {
          line: 'const mayBeSame = call.vendor === undefined && existing.deleted !== true',
          becomes: 'const mayBeSame = call.vendor === undefined',
        },
      },
    ],
  },
]
