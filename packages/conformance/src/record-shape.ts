import { assert, assertSame, fail, isSame, print } from './assert.ts'
import { checkTime, fromJson } from './contact-shape.ts'

type Kind = 'text' | 'time' | 'number' | 'boolean' | 'object'

/** The fields of the records beside contacts; all may be absent but `provider`, `id`, `raw`, `read` and `customFields`. */
const FIELDS = {
  conversation: {
    contactId: 'text',
    name: 'text',
    note: 'text',
    status: 'text',
    channelType: 'text',
    customFields: 'object',
    createdAt: 'time',
    updatedAt: 'time',
  },
  comment: {
    contactId: 'text',
    conversationId: 'text',
    text: 'text',
    authorId: 'text',
    createdAt: 'time',
    updatedAt: 'time',
  },
  file: { url: 'text', name: 'text', sizeBytes: 'number', contentType: 'text', createdAt: 'time' },
  activity: { conversationId: 'text', type: 'text', text: 'text', createdAt: 'time' },
  notification: { type: 'text', title: 'text', text: 'text', read: 'boolean', createdAt: 'time' },
} as const satisfies Record<string, Readonly<Record<string, Kind>>>

/** What kinds of record there are beside contacts. */
export type RecordKind = keyof typeof FIELDS

const REQUIRED: Readonly<Record<RecordKind, readonly string[]>> = {
  conversation: ['customFields'],
  comment: [],
  file: [],
  activity: [],
  notification: ['read'],
}

/** Checks what holds for every record of a kind. */
export function checkRecord(kind: RecordKind, value: object, provider: string): void {
  const { raw, ...fields } = { raw: undefined, ...value }
  const what = `the ${kind}`
  assert(raw !== undefined && raw !== null, `${what} has no raw: the vendor's record is missing`)
  assertSame(fromJson(fields), fields, `${what} does not survive JSON`)
  assertSame(Reflect.get(fields, 'provider'), provider, `${what}: provider`)
  const id: unknown = Reflect.get(fields, 'id')
  assert(typeof id === 'string' && id.trim() !== '', `${what}: id is ${print(id)}`)
  for (const name of REQUIRED[kind]) assert(Object.hasOwn(fields, name), `${what} has no ${name}`)
  const kinds: Readonly<Record<string, Kind>> = FIELDS[kind]
  for (const [name, member] of Object.entries(fields)) {
    if (name === 'provider' || name === 'id') continue
    const wanted = kinds[name] ?? fail(`${what} has ${name}, which is no field of it`)
    checkKind(wanted, member, `${what}: ${name}`)
  }
}

function checkKind(kind: Kind, value: unknown, what: string): void {
  if (kind === 'time') checkTime(value, what)
  else if (kind === 'object')
    assert(isSame(Object(value), value) && !Array.isArray(value), `${what} is no object`)
  else assertSame(typeof value, kind === 'text' ? 'string' : kind, `${what}: its type`)
}
