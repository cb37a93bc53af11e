import type { JsonObject, JsonValue } from '../json.ts'
import { type ChannelInboxContact, contactRecord } from './contact.ts'
import { badRequest } from './errors.ts'

const TEXTS = [
  'display_name',
  'first_name',
  'last_name',
  'email',
  'phone_number',
  'channel_id',
  'channel_type',
  'time_zone',
] as const

/** The members of a create's body that something is made of. */
export const CREATE_FIELDS: readonly string[] = [...TEXTS, 'labels']

/**
 * The contact that a create makes of the documented fields; others are passed over. It does not look whether there is one with
 * the same address or number. Throws the 400 for a value of the wrong kind.
 */
export function created(
  body: JsonObject,
  base: { readonly id: string; readonly organization: string; readonly createdAt: string },
): ChannelInboxContact {
  const fields: Record<string, JsonValue> = { channel_id: '', channel_type: '' }
  for (const name of TEXTS) {
    const value = body[name]
    if (value === undefined) continue
    if (typeof value !== 'string') throw badRequest(`${name} must be a string`)
    fields[name] = value
  }
  if (body.labels !== undefined) {
    if (!Array.isArray(body.labels)) throw badRequest('labels must be an array')
    fields.labels = body.labels
  }
  return contactRecord(fields, base)
}
