import type { AnyAdapter } from '../adapter/adapter.ts'
import type { ContactsWarning, OnInvalid } from '../adapter/context.ts'
import type { Clock } from '../call/timing.ts'
import { type Applied, ContactsError } from '../errors.ts'
import { callHook } from '../http/redact.ts'

/** How a client treats what does not fit; the same for every adapter. */
export interface ContactsPolicy {
  /**
   * What to do with a field that the provider cannot store: throw `unsupported_field`, or leave it out and report it
   * through `onWarning`.
   * @default 'throw'
   */
  readonly unsupportedFields?: 'throw' | 'drop' | undefined
  /** What to do with a record in a listing that cannot be mapped. @default 'throw' */
  readonly onInvalid?: OnInvalid | undefined
  /** Told of each field that was left out and each record that was skipped. What it throws is ignored. @default nobody */
  readonly onWarning?: ((warning: ContactsWarning) => void) | undefined
  /**
   * How many requests a batch, or a listing whose pages can be addressed ahead, has under way at once. A listing begins with four, and
   * takes more when as many pages were read.
   * @default 4 in a batch, 8 in a listing
   */
  readonly concurrency?: number | undefined
  /**
   * How long a call may take with everything that it needs, in milliseconds: a lookup before a write, waits and repetitions. In a
   * listing it counts for each page, in a batch for each item, and for a stream up to its headers.
   * @default none
   */
  readonly deadlineMs?: number | undefined
  /** Replaced in tests. @default the runtime's */
  readonly clock?: Clock | undefined
}

/** What a single write says differently from the client's policy. */
export interface PolicyOverrides {
  readonly unsupportedFields?: 'throw' | 'drop' | undefined
  readonly onWarning?: ((warning: ContactsWarning) => void) | undefined
}

/** The policy of one write: what it says itself, over the client's. Warnings go to both, and what they throw to nobody. */
export function withOverrides(
  policy: ContactsPolicy,
  { unsupportedFields, onWarning }: PolicyOverrides,
): ContactsPolicy {
  return {
    ...policy,
    ...(unsupportedFields !== undefined && { unsupportedFields }),
    onWarning(warning) {
      callHook(policy.onWarning, () => warning)
      callHook(onWarning, () => warning)
    },
  }
}

/** Part of a write that a provider cannot store. */
export interface UnstorablePart {
  /** Dotted, for example `customFields.plan`. */
  readonly path: string
  readonly reason: string
}

/**
 * Throws `unsupported_field` for parts of a write, or warns of each, as the policy says.
 *
 * @param applied - `yes` where the rest of the write is in force. @default 'no'
 * @param advice - what to do about it. @default to leave it out
 */
export function dropFields(
  { adapter, policy }: { readonly adapter: AnyAdapter; readonly policy: ContactsPolicy },
  operation: string,
  parts: readonly UnstorablePart[],
  applied: Applied = 'no',
  advice = "Leave it out, or make the client with unsupportedFields: 'drop'.",
): void {
  const { provider } = adapter
  const { unsupportedFields, onWarning } = policy
  if (parts.length > 0 && unsupportedFields !== 'drop') {
    const words = parts.map(({ path, reason }) => `${path}: ${reason}`)
    throw new ContactsError({
      code: 'unsupported_field',
      message: `${provider} cannot store ${words.join('; ')}. ${advice}`,
      provider,
      operation,
      applied,
      issues: parts.map(({ path, reason }) => ({ path, message: reason })),
    })
  }
  for (const { path, reason } of parts) {
    const message = `${provider} cannot store ${path}: ${reason}.`
    onWarning?.({ code: 'unsupported_field', provider, operation, field: path, message })
  }
}

/** The path of a field without the place of a contact method in its list, so that the same field is one. */
export function withoutIndex(path: string): string {
  return path.replace(/^contactMethods\.\d+(?=\.|$)/, 'contactMethods')
}
