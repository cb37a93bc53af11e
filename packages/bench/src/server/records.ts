import { NAMES } from '../../cases/tally.js'

const T0 = Date.UTC(2026, 0, 1)

/** A contact as ChatBotKit sends it. The later ones are older, as in a listing of the newest first. */
export function chatBotKitRecord(index: number): object {
  const at = T0 - index * 61_337
  return {
    id: chatBotKitId(index),
    name: NAMES[index % NAMES.length],
    description: '',
    fingerprint: `crm-user-${String(index).padStart(12, '0')}`,
    email: `person${index}@example.com`,
    phone: `+1415555${String(index % 10_000).padStart(4, '0')}`,
    nick: null,
    preferences: null,
    verifiedAt: index % 3 === 0 ? at + 5000 : null,
    meta: { plan: index % 10 === 0 ? 'pro' : 'free', seats: index % 7, source: 'import' },
    createdAt: at,
    updatedAt: at + 1000,
  }
}

/** The id of a contact, by its place in the listing: of the form that ChatBotKit's ids have. */
export function chatBotKitId(index: number): string {
  return `clx3k2p9a${index.toString(36).padStart(7, '0')}qz0h7v5m8`
}

/** The place of the contact that has an id. */
export function chatBotKitIndex(id: string): number {
  return Number.parseInt(id.slice(9, 16), 36)
}

/** A contact as Cognipeer sends it. */
export function cognipeerRecord(index: number): object {
  const at = T0 + index * 61_337
  return {
    _id: index.toString(16).padStart(24, '0'),
    workspaceId: '65f0c0ffee0000000000cafe',
    peerId: '65f0c0ffee0000000000beef',
    name: NAMES[index % NAMES.length],
    email: `person${index}@example.com`,
    phone: `+1415555${String(index % 10_000).padStart(4, '0')}`,
    integrationId: `crm-${index}`,
    tags: ['import', index % 10 === 0 ? 'vip' : 'lead'],
    status: 'active',
    properties: { plan: index % 10 === 0 ? 'pro' : 'free', seats: index % 7 },
    metadata: { source: 'import' },
    deleted: false,
    createdDate: new Date(at).toISOString(),
    modifiedDate: new Date(at + 1000).toISOString(),
  }
}

/** A contact as the channel inbox sends it: text that is not set is empty. */
export function channelInboxRecord(index: number): object {
  const at = T0 + index * 61_337
  return {
    object_name: 'contact',
    id: `con_${String(index).padStart(24, '0')}`,
    organization_id: 'org_bench',
    business_unit_id: 'bu_bench',
    channel_id: 'ch_bench',
    channel_type: 'whatsapp',
    display_name: NAMES[index % NAMES.length],
    avatar_url: '',
    first_name: `Person${index}`,
    last_name: 'Souza',
    gender: '',
    area_code: '',
    phone_number: `+1415555${String(index % 10_000).padStart(4, '0')}`,
    language: 'pt-BR',
    email: `person${index}@example.com`,
    remark: '',
    time_zone: 'America/Sao_Paulo',
    last_seen: '',
    created_at: new Date(at).toISOString(),
    updated_at: index % 3 === 0 ? new Date(at + 1000).toISOString() : null,
    labels: ['import', index % 10 === 0 ? 'vip' : 'lead'],
    additional_params: {},
  }
}

/** The contact methods of one client as their vendor sends them: an email address and a phone number. */
export function contactMethodRecords(index: number): readonly object[] {
  const at = T0 + index * 61_337
  const clientId = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
  const createdAt = new Date(at).toISOString()
  const record = (place: number, fields: object): object => ({
    id: `${String(place).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`,
    clientId,
    ...fields,
    isPrimary: true,
    createdAt,
    updatedAt: new Date(at + 1000).toISOString(),
  })
  const verified = { isVerified: true, verifiedAt: createdAt, metadata: { source: 'import' } }
  return [
    record(1, { type: 'email', value: `person${index}@example.com`, label: 'work', ...verified }),
    record(2, {
      type: 'phone',
      value: `+1415555${String(index % 10_000).padStart(4, '0')}`,
      isVerified: false,
    }),
  ]
}

/** A contact as HubSpot sends it, with the properties that it gives when none are asked for. */
export function hubSpotRecord(index: number): object {
  const createdAt = new Date(T0 + index * 61_337).toISOString()
  const updatedAt = new Date(T0 + index * 61_337 + 1000).toISOString()
  const id = String(50_000_000_001 + index)
  return {
    id,
    properties: {
      createdate: createdAt,
      email: `person${index}@example.com`,
      firstname: NAMES[index % NAMES.length],
      hs_object_id: id,
      lastmodifieddate: updatedAt,
      lastname: null,
    },
    createdAt,
    updatedAt,
    archived: false,
  }
}

/** Records as JSON, one after the other in one piece of memory: any run of them is a part of it. */
export interface Encoded {
  readonly count: number
  /** The records from one to another, with what parts them between. */
  slice(from: number, to: number): Uint8Array
}

/**
 * Encodes records once, so that serving them costs the server next to nothing.
 *
 * @param before - what stands before each record
 * @param after - what stands after each record, which {@link Encoded.slice} leaves out after the last where it is one character
 */
export function encode(
  count: number,
  record: (index: number) => object,
  { before = '', after = ',' }: { readonly before?: string; readonly after?: string } = {},
): Encoded {
  const starts = new Float64Array(count + 1)
  const parts: Uint8Array[] = []
  let length = 0
  let text = ''
  for (let index = 0; index < count; index++) {
    const one = `${before}${JSON.stringify(record(index))}${after}`
    starts[index] = length
    length += Buffer.byteLength(one)
    text += one
    if (text.length < 1_000_000) continue
    parts.push(Buffer.from(text))
    text = ''
  }
  parts.push(Buffer.from(text))
  starts[count] = length
  const all = Buffer.concat(parts)
  const parting = after.length === 1 ? 1 : 0
  const at = (index: number): number => starts[Math.min(index, count)] ?? length
  return {
    count,
    slice: (from, to) =>
      from >= to || from >= count ? all.subarray(0, 0) : all.subarray(at(from), at(to) - parting),
  }
}
