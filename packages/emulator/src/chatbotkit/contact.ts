import type { JsonObject } from '../json.ts'

/** A contact as ChatBotKit sends it: times are milliseconds since the epoch, what is unset is `null`. */
export interface ChatBotKitContact {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly fingerprint: string
  readonly email: string | null
  /** E.164. */
  readonly phone: string | null
  readonly nick: string | null
  readonly preferences: string | null
  readonly verifiedAt: number | null
  readonly meta: JsonObject | null
  readonly createdAt: number
  readonly updatedAt: number
}

/** The fields that a create, ensure or update may send, after validation. */
export interface ContactFields {
  readonly name?: string | null
  readonly description?: string | null
  readonly fingerprint?: string | null
  readonly email?: string | null
  readonly phone?: string | null
  readonly nick?: string | null
  readonly preferences?: string | null
  readonly verifiedAt?: number | null
  readonly meta?: JsonObject | null
}

/** A contact to put straight into the store; what is absent takes the vendor's default for a new contact. */
export type ContactSeed = Partial<ChatBotKitContact>
