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
        without: {
          line: 'if (isGood(value)) return value',
          becomes: 'return value as v.InferOutput<Schema>',
        },
      },
      {
        says: 'Times are ISO 8601 in UTC, in whatever form the provider sends them.',
        keptBy: ['core/adapter-kit/contact-parts.ts', 'core/model/time.ts'],
        provenBy: ['core/adapter-kit/iso-time-values.test.ts'],
        without: {
          line: 'const time = parseTime(value)',
          becomes: 'const time = String(value)',
        },
      },
      {
        says: 'What users hold has a name that its package exports, so that a project with `declaration: true` compiles.',
        keptBy: ['chatbotkit/index.ts', 'core/index.ts'],
        provenBy: ['consumers/declarations.test.ts'],
      },
    ],
  },
  {
    title: 'Only what the provider has',
    promises: [
      {
        says: 'An operation that a provider has not does not compile; called all the same, it is `unsupported`.',
        keptBy: ['core/client/create-contacts.ts', 'core/client/types.ts'],
        provenBy: ['core/client/unsupported.test.ts', 'consumers/refused.test.ts'],
        without: {
          line: 'const error = unsupportedOperation(runtime, operation)',
          becomes: 'const error = new Error(operation)',
        },
      },
      {
        says: 'A field that a provider has not is `unsupported_field` before anything is sent, or a warning where you ask for that.',
        keptBy: ['core/client/writes.ts', 'core/client/policy.ts'],
        provenBy: ['core/client/writes.test.ts', 'chatbotkit/conformance.test.ts'],
        without: { line: 'if (unstorable.length > 0) dropFields(runtime, call.scope.operation, unstorable)' },
      },
      {
        says: 'A phone number with an extension is refused where the provider cannot keep the extension.',
        keptBy: ['core/client/writes.ts', 'chatbotkit/chatbotkit.ts'],
        provenBy: ['integration/promises/phone-extensions.test.ts'],
        without: {
          line: 'runtime.adapter.keepsExtensions === false ? extendedNumbers(storable.write) : []',
          becomes: '[] as string[]',
        },
      },
    ],
  },
]
