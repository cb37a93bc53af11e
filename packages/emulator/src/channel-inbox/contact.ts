import type { JsonObject } from '../json.ts'

/** A contact as the channel inbox keeps it: text that is not set is empty, and `updated_at` is null until it is updated. */
export interface ChannelInboxContact {
  readonly id: string
  readonly organization_id: string
  readonly business_unit_id: string
  readonly channel_id: string
  readonly channel_type: string
  readonly display_name: string
  readonly avatar_url: string
  readonly first_name: string
  readonly last_name: string
  readonly gender: string
  readonly area_code: string
  readonly phone_number: string
  readonly language: string
  readonly email: string
  readonly remark: string
  readonly time_zone: string
  readonly last_seen: string
  /** ISO 8601. */
  readonly created_at: string
  readonly updated_at: string | null
  readonly title: string
  readonly birthday: string
  readonly location: string
  readonly company_name: string
  readonly position: string
  readonly whatsapp_id: string
  readonly facebook_id: string
  readonly instagram_id: string
  readonly wechat_id: string
  readonly line_id: string
  readonly web_id?: string
  readonly email_id?: string
  readonly wecom_id?: string
  readonly labels: readonly string[]
  readonly additional_params: JsonObject
}

/** What a contact has on the wire and not in the store, in one of its two forms; a seed that was copied from an answer may have it. */
export interface ChannelInboxWireMembers {
  readonly object_name?: string
  /** Taken for the id where there is no `id`. */
  readonly _id?: string
  readonly doc_name?: string
  readonly public_id?: string
  /** In the answer to an update. */
  readonly action?: string
}

/** A contact to put straight into the store, a record as the vendor sends it included; what is absent takes the vendor's default. */
export type ChannelInboxContactSeed = Partial<ChannelInboxContact> & ChannelInboxWireMembers

/** A new contact's record. */
export function contactRecord(
  seed: ChannelInboxContactSeed,
  base: { readonly id: string; readonly organization: string; readonly createdAt: string },
): ChannelInboxContact {
  const { object_name, _id, doc_name, public_id, action, ...fields } = seed
  const { first_name = '', last_name = '' } = fields
  return {
    id: _id ?? base.id,
    organization_id: base.organization,
    business_unit_id: 'bu_emulator',
    channel_id: 'ch_emulator',
    channel_type: 'web',
    display_name: [first_name, last_name].filter(Boolean).join(' '),
    avatar_url: '',
    first_name,
    last_name,
    gender: '',
    area_code: '',
    phone_number: '',
    language: '',
    email: '',
    remark: '',
    time_zone: '',
    last_seen: '',
    created_at: base.createdAt,
    updated_at: null,
    title: '',
    birthday: '',
    location: '',
    company_name: '',
    position: '',
    whatsapp_id: '',
    facebook_id: '',
    instagram_id: '',
    wechat_id: '',
    line_id: '',
    labels: [],
    additional_params: {},
    ...fields,
  }
}

/** A contact as it is sent. Labels are there where there are some. */
export function contactWire({ id, labels, ...rest }: ChannelInboxContact, ids: 'id' | '_id'): object {
  const fields = labels.length > 0 ? { ...rest, labels } : rest
  return ids === 'id'
    ? { object_name: 'contact', id, ...fields }
    : { _id: id, doc_name: 'contacts', public_id: id, ...fields }
}
