import type { JsonValue } from '../json.ts'

/** A contact as the server stores and sends it. Keys that no one knows pass through. */
export interface CognipeerContact {
  readonly _id: string
  readonly workspaceId: string
  readonly email?: JsonValue
  readonly integrationId?: JsonValue
  readonly name?: JsonValue
  readonly phone?: JsonValue
  readonly metadata?: JsonValue
  readonly properties?: JsonValue
  readonly tags?: JsonValue
  readonly status?: JsonValue
  readonly peerId?: JsonValue
  /** ISO 8601. */
  readonly createdDate?: JsonValue
  /** ISO 8601. */
  readonly modifiedDate?: JsonValue
  readonly deleted?: JsonValue
  readonly [key: string]: JsonValue | undefined
}

/** A contact to put into the store, unchecked: ids and dates are made where they are absent. */
export type CognipeerSeed = Partial<CognipeerContact>
