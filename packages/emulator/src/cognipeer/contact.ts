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

/** A contact to put into the store: ids and dates are made where they are absent, and values are not checked. */
export type CognipeerSeed = {
  readonly [Name in keyof CognipeerContact as string extends Name
    ? never
    : number extends Name
      ? never
      : Name]?: CognipeerContact[Name]
} & {
  /** The version key of the likely database library. */
  readonly __v?: JsonValue
}
