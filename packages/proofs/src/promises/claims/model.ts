import type { Claim } from '../promise.ts'

/** Promises of the model, and of what a client can do. */
export const modelClaims: readonly Claim[] = [
  {
    title: 'One model',
    promises: [
      {
        says: 'A record that is not as the vendor describes it becomes no contact: it is `bad_response`, with the path of what is wrong.',
        keptBy: ['core/adapter-kit/record-reader.ts', 'core/adapter-kit/compile-check.ts'],
        provenBy: ['core/adapter-kit/record-reader.test.ts', 'core/adapter-kit/compile-check.test.ts'],
        without: { line: 'XX' },
      },
    ],
  },
  {
    title: 'Only what the provider has',
    promises: [
      {
        says: 'An operation that a provider has not does not compile; called all the same, it throws `unsupported`.',
        keptBy: ['core/client/runtime.ts', 'core/client/types.ts'],
        provenBy: ['core/client/lookup.test.ts', 'consumers/refused.test.ts'],
        without: { line: 'XX' },
      },
      {
        says: 'A field that a provider has not is `unsupported_field` before anything is sent, or a warning where the client asks for that.',
        keptBy: ['core/client/writes.ts', 'core/client/policy.ts'],
        provenBy: ['core/client/unsupported.test.ts'],
        without: { line: 'if (unstorable.length > 0) dropFields(runtime, call.scope.operation, unstorable)' },
      },
      {
        says: "A field that the provider took and did not keep is `unsupported_field` with `applied: 'yes'`, and another spelling a warning: the answer is compared with what was written.",
        keptBy: ['core/client/stored.ts', 'core/client/spelling.ts'],
        provenBy: ['core/client/stored.test.ts', 'core/client/conduct.test.ts'],
        without: { line: 'if (deviations.length > 0) report(runtime, call, latest, deviations)' },
      },
    ],
  },
]
