import type { AnyAdapter } from '../adapter/adapter.ts'
import { type Applied, ContactsError } from '../errors.ts'
import type { ContactsPolicy } from './policy.ts'

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
