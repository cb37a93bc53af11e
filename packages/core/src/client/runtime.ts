import type { AnyAdapter } from '../adapter/adapter.ts'
import type { OperationName } from '../adapter/capabilities.ts'
import type { AdapterContext, BatchMemo } from '../adapter/context.ts'
import { ContactsError, type ContactsErrorInit } from '../errors.ts'
import type { CallOptions } from '../model/query.ts'
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
}

/** Makes the context that an adapter's method is given. */
export function createContext(runtime: Runtime, call: Call): AdapterContext {
  const { adapter, policy } = runtime
  return {
    operation: call.operation,
    signal: call.signal,
    timeoutMs: call.timeoutMs,
    headers: call.headers,
    vendor: call.vendor,
    batch: call.batch ?? createBatchMemo(),
    dropField(path, reason) {
      dropField(runtime, call.operation, path, reason)
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

/** Throws `unsupported_field`, or warns, as the policy says. */
export function dropField(runtime: Runtime, operation: string, path: string, reason: string): void {
  const { adapter, policy } = runtime
  const message = `${adapter.provider} cannot store ${path}: ${reason}.`
  if (policy.unsupportedFields !== 'drop') {
    throw new ContactsError({
      code: 'unsupported_field',
      message: `${message} Leave it out, or make the client with unsupportedFields: 'drop'.`,
      provider: adapter.provider,
      operation,
      issues: [{ path, message: reason }],
    })
  }
  policy.onWarning?.({ code: 'unsupported_field', provider: adapter.provider, operation, field: path, message })
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

/** Runs an operation and puts the provider's and the operation's name into errors that do not say them yet. */
export async function perform<T>(runtime: Runtime, operation: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    throw named(error, runtime.adapter.provider, operation)
  }
}

/** Fills in what an error does not say of where it comes from. */
export function named(error: unknown, provider: string, operation: string): unknown {
  if (!ContactsError.is(error) || (error.provider !== undefined && error.operation !== undefined)) return error
  const init: ContactsErrorInit = {
    code: error.code,
    message: error.message,
    provider: error.provider ?? provider,
    operation: error.operation ?? operation,
    status: error.status,
    retryable: error.retryable,
    retryAfterMs: error.retryAfterMs,
    requestId: error.requestId,
    issues: error.issues,
    vendorCode: error.vendorCode,
    cause: error.cause,
  }
  const copy = new ContactsError(init)
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
export function nativeMethod<Method>(runtime: Runtime, operation: string, method: Method | undefined): Method {
  if (!method) throw unsupportedOperation(runtime, operation)
  return method
}
