import type { Effect, QueryValue } from '../http/types.ts'
import type { JsonValue } from '../model/json.ts'

/** A request to any endpoint of the vendor's API, checked. */
export interface AdapterRequest {
  /** How. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below the base URL: begins with a slash, is escaped, and has no steps, query or fragment. */
  readonly path: string
  /** Values as they are, lists as repeated names. */
  readonly query: Readonly<Record<string, QueryValue>>
  /** The body. */
  readonly json?: JsonValue
  /** What it does to the vendor's data, as its caller says; this decides what is repeated. */
  readonly effect: Effect
}
