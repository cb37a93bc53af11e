import { isPlainObject } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import { UsageError } from '../errors/usage-error.ts'
import type { Config, ProviderConfig } from './config.ts'
import { isSync, type SyncConfig } from './syncs.ts'

const isProvider = (value: unknown): value is ProviderConfig =>
  typeof value === 'function' ||
  (typeof value === 'object' && value !== null && ('adapter' in value || 'supports' in value))

const isSyncConfig = (value: unknown): value is SyncConfig =>
  isPlainObject(value) &&
  (isPlainObject(value.definition) ||
    (typeof value.source === 'string' && typeof value.target === 'string' && 'by' in value))

const PARTS = ['providers', 'default', 'syncs', 'ledger'] as const

// No message has what was given: it may be a secret in the wrong place.
const text = v.pipe(v.string('must be text'), v.nonEmpty('must be text that is not empty'))

const PartsSchema = v.strictObject(
  {
    providers: v.record(
      v.string(),
      v.custom<ProviderConfig>(
        isProvider,
        'must be a client, a function that makes one, or an object with "adapter" and its options',
      ),
      'must be an object: names, and what each stands for',
    ),
    default: v.optional(text),
    syncs: v.optional(
      v.record(
        v.string(),
        v.custom<SyncConfig>(
          isSyncConfig,
          'must be what defineSync returned, or an object with "source" and "target", names of providers, and "by"',
        ),
        'must be an object: names, and what each stands for',
      ),
    ),
    ledger: v.optional(text),
  } satisfies Record<(typeof PARTS)[number], v.GenericSchema>,
  ({ expected }) =>
    expected === 'never' ? `is no part of a configuration; the parts are ${PARTS.join(', ')}` : 'is missing',
)

const ConfigSchema = v.pipe(
  v.custom<v.InferInput<typeof PartsSchema>>(isPlainObject, 'must be an object'),
  PartsSchema,
)

/**
 * Checks what a configuration file says.
 *
 * @param file - its name, for the error
 * @throws UsageError for what is no configuration, with all that is wrong
 */
export function checkConfig(given: unknown, file: string): Config {
  const result = v.safeParse(ConfigSchema, given)
  if (!result.success) {
    const wrong = result.issues.map((issue) => `${v.getDotPath(issue) ?? 'it'} ${issue.message}`)
    throw new UsageError(`${file} cannot be used: ${wrong.join('; ')}.`)
  }
  const { output } = result
  if (output.default !== undefined && !Object.hasOwn(output.providers, output.default)) {
    throw new UsageError(
      `${file} cannot be used: default names ${output.default}, which is none of its providers.`,
    )
  }
  for (const [name, sync] of Object.entries(output.syncs ?? {})) {
    if (isSync(sync)) continue
    for (const side of ['source', 'target'] as const) {
      if (Object.hasOwn(output.providers, sync[side])) continue
      throw new UsageError(
        `${file} cannot be used: the ${side} of the sync ${name} is ${sync[side]}, which is none of its providers.`,
      )
    }
  }
  // What else a sync has, `defineSync` checks when it is used.
  return output as Config
}
