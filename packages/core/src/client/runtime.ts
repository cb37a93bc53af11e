import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { AdapterContext, BatchMemo } from '../adapter/context.ts'
import { ContactsError } from '../errors.ts'
import type { Contact } from '../model/contact.ts'
import type { CallOptions } from '../call/settings.ts'
import type { RefKey } from '../model/ref.ts'
import type { ContactsPolicy } from './policy.ts'

/** An adapter and the policy of one client: what every operation works with. */
export interface Runtime {
  readonly adapter: AnyAdapter
  readonly policy: ContactsPolicy
}

/** A call under way: its operation's name, the caller's options, and what a batch shares. */
export interface Call extends CallOptions {
  readonly operation: string
  readonly vendor?: unknown
  readonly batch?: BatchMemo | undefined
  /** The contact to be changed, when this call has just read it. */
  readonly current?: Contact | undefined
}

/**
 * Makes what an adapter's method is told beside its input.
 *
 * @param once - whether it is about one contact, so that a field that is left out is told of once. @default true
 */
export function createContext(runtime: Runtime, call: Call, once = true): AdapterContext {
  const { adapter, policy } = runtime
  const told = new Set<string>()
  return {
    operation: call.operation,
    signal: call.signal,
    timeoutMs: call.timeoutMs,
    headers: call.headers,
    vendor: call.vendor,
    current: call.current,
    batch: call.batch ?? createBatchMemo(),
    dropField(path, reason) {
      // An adapter that writes one contact by several requests comes upon the same field in each.
      if (once && told.has(path)) return
      dropFields(runtime, call.operation, [{ path, reason }])
      told.add(path)
    },
    mapRecords(records, map) {
      const items: ReturnType<typeof map>[] = []
      for (let index = 0; index < records.length; index++) {
        try {
          items.push(map(records[index], index))
        } catch (error) {
          if (!ContactsError.is(error) || error.code !== 'bad_response') throw error
          const decided = policy.onInvalid ?? 'throw'
          const choice = typeof decided === 'function' ? decided(error, records[index]) : decided
          if (choice !== 'skip') throw error
          policy.onWarning?.({
            code: 'invalid_record',
            provider: adapter.provider,
            operation: call.operation,
            message: `A record was left out of the listing: ${error.message}`,
          })
        }
      }
      return items
    },
  }
}

/** Part of a write that a provider cannot store. */
export interface UnstorablePart {
  /** Dotted, such as `customFields.plan`. */
  readonly path: string
  readonly reason: string
}

/** Throws `unsupported_field` for parts of a write, or warns of each, as the policy says. */
export function dropFields(runtime: Runtime, operation: string, parts: readonly UnstorablePart[]): void {
  const { provider } = runtime.adapter
  const { unsupportedFields, onWarning } = runtime.policy
  if (parts.length > 0 && unsupportedFields !== 'drop') {
    const words = parts.map(({ path, reason }) => `${path}: ${reason}`)
    throw new ContactsError({
      code: 'unsupported_field',
      message: `${provider} cannot store ${words.join('; ')}. Leave it out, or make the client with unsupportedFields: 'drop'.`,
      provider,
      operation,
      issues: parts.map(({ path, reason }) => ({ path, message: reason })),
    })
  }
  for (const { path, reason } of parts) {
    const message = `${provider} cannot store ${path}: ${reason}.`
    onWarning?.({ code: 'unsupported_field', provider, operation, field: path, message })
  }
}

/** Memory for the items of one batch. */
export function createBatchMemo(): BatchMemo {
  const kept = new Map<string, Promise<unknown>>()
  return {
    once<T>(key: string, run: () => Promise<T>): Promise<T> {
      const known = kept.get(key)
      if (known) return known as Promise<T> // one key is always used with one type, by one adapter
      const running = run()
      kept.set(key, running)
      running.catch(() => kept.delete(key))
      return running
    },
  }
}

/**
 * Runs an operation, unless its signal is aborted already, and puts the provider's and the operation's name into errors that
 * do not say them yet.
 */
export async function perform<T>(
  runtime: Runtime,
  { operation, signal }: Call,
  run: () => T | Promise<T>,
): Promise<T> {
  try {
    signal?.throwIfAborted()
    return await run()
  } catch (error) {
    throw nameError(error, runtime, operation, signal)
  }
}

/** Fills in what an error does not say of where it comes from; the reason of the caller's abort is left as it is. */
export function nameError(
  error: unknown,
  runtime: Runtime,
  operation: string,
  signal: AbortSignal | undefined,
): unknown {
  if (!ContactsError.is(error) || (signal?.aborted && error === signal.reason)) return error
  return named(error, runtime, operation)
}

/** Fills in what an error does not say of where it comes from. */
export function named(error: ContactsError, runtime: Runtime, operation: string): ContactsError {
  if (error.provider !== undefined && error.operation !== undefined) return error
  const { code, message, status, retryable, retryAfterMs, requestId, issues, vendorCode, cause } = error
  const copy = new ContactsError({
    code,
    message,
    provider: error.provider ?? runtime.adapter.provider,
    operation: error.operation ?? operation,
    status,
    retryable,
    retryAfterMs,
    requestId,
    issues,
    vendorCode,
    cause,
  })
  if (error.stack !== undefined) copy.stack = error.stack
  return copy
}

/** The error for an operation that the provider has not. */
export function unsupportedOperation(runtime: Runtime, operation: string): ContactsError {
  return new ContactsError({
    code: 'unsupported',
    message: `${runtime.adapter.provider} has no ${operation}. Ask contacts.supports('${operation.split('.')[0]}') first.`,
    provider: runtime.adapter.provider,
    operation,
  })
}

/** A key's value in the spelling that the provider's contacts are compared by. */
export function canonicalKey({ adapter }: Runtime, key: RefKey, value: string): string {
  return adapter.canonicalKey?.(key, value) ?? value
}

/** An adapter's declaration of an operation, or the error that it has none. */
export function capability<Op extends OperationName>(
  runtime: Runtime,
  operation: Op,
): NonNullable<AnyAdapter['capabilities'][Op]> {
  const declared = runtime.adapter.capabilities[operation]
  if (!declared) throw unsupportedOperation(runtime, operation)
  return declared
}

/** A native method that the contract check has shown to be there; the error is for adapters that bypassed it. */
export function nativeMethod<Method>(
  runtime: Runtime,
  operation: string,
  method: Method | undefined,
): Method {
  if (!method) throw unsupportedOperation(runtime, operation)
  return method
}
