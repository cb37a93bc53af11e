import type { Claim } from '../promise.ts'

/** Promises of input and errors. */
export const errorClaims: readonly Claim[] = [
  {
    title: 'Bad input is refused before any request',
    promises: [
      {
        says: 'What a caller gives is read once, and what cannot be sent is refused with its path: unknown options, text and numbers that cannot be stored, and what throws when it is read.',
        keptBy: ['core/client/calls.ts', 'core/client/signatures.ts', 'core/model/json.ts'],
        provenBy: [
          'integration/promises/input-options.test.ts',
          'integration/promises/input-forms.test.ts',
          'integration/promises/input-text.test.ts',
          'proofs/fuzz/fuzz.test.ts',
        ],
        without: { line: 'if (issues.length > 0) throw badOptions(operation, issues)' },
      },
      {
        says: 'A base URL keeps its path, or is refused.',
        keptBy: ['core/http/settings.ts'],
        provenBy: ['integration/promises/base-url.test.ts'],
        without: { line: 'if (/[?#]/.test(url.href)) {', becomes: 'if (false) {' },
      },
      {
        says: 'A CSV file reads back as it was, and no cell runs as a formula.',
        keptBy: ['core/csv/row.ts', 'core/csv/formula.ts'],
        provenBy: ['integration/promises/csv.test.ts'],
        without: {
          file: 'core/csv/formula.ts',
          line: 'if (!FORMULA.test(cell) || SIGNED_NUMBER.test(cell)) return cell',
          becomes: 'return cell',
        },
      },
    ],
  },
  {
    title: 'Errors to branch on',
    promises: [
      {
        says: 'Whatever fails is a `ContactsError` with one of fourteen codes, but for the reason of your own abort, which is thrown as it is.',
        keptBy: ['core/http/send.ts', 'core/errors.ts'],
        provenBy: [
          'core/http/client-errors.test.ts',
          'core/http/client-abort.test.ts',
          'proofs/faults/laws.test.ts',
          'proofs/fuzz/fuzz.test.ts',
        ],
        without: { line: 'aborted ? reason : networkFailure(failure, error)', becomes: 'error' },
      },
      {
        says: 'No error, warning or cause shows a credential, a header, a query, or anything that the call was given or sent, in any spelling.',
        keptBy: ['core/call/scrub.ts', 'core/http/redact.ts', 'core/call/scope.ts'],
        provenBy: [
          'integration/promises/secrets.test.ts',
          'integration/promises/secrets.property.test.ts',
          'core/http/client-secrets.test.ts',
          'core/call/scrub.test.ts',
        ],
        without: { line: 'spans.push(...needleSpans(plain.text, needles, isId))' },
      },
      {
        says: 'Hooks see routes, and neither ids nor queries.',
        keptBy: ['core/http/redact.ts'],
        provenBy: [
          'integration/promises/secrets-hooks.test.ts',
          'integration/promises/console-hooks.property.test.ts',
        ],
        without: {
          line: 'url: url.origin + shownPath(attempt, url),',
          becomes: 'url: url.origin + url.pathname,',
        },
      },
      {
        says: 'A wait longer than `maxDelayMs`, or than the deadline leaves, is not waited: `rate_limited` with `retryAfterMs`, at once.',
        keptBy: ['core/http/client.ts', 'core/http/headers.ts'],
        provenBy: ['core/http/client-retry.test.ts', 'core/http/refusals-waits.test.ts'],
        without: {
          line: 'if (isTooLong || !mayRepeat(failure, prepared, number)) throw failed',
          becomes: 'if (!mayRepeat(failure, prepared, number)) throw failed',
        },
      },
    ],
  },
]
