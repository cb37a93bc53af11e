import type { ContactInput, ContactsWarning, ContactsWith } from '@anycontact/core'
import {
  type Answering,
  CLIENT_ID,
  channelInboxServer,
  chatbotkitServer,
  cognipeerServer,
  contactMethodsServer,
  isWrite,
  type ServerOptions,
} from './vendor-servers.ts'

/** A client that writes, of any vendor. */
export type Writing = ContactsWith<
  'create' | 'createMany' | 'update' | 'updateMany' | 'upsert' | 'upsertMany' | 'list'
>

/** A field that a vendor stores. */
export interface KeptField {
  /** What errors and warnings call it. */
  readonly path: string
  /** Its name in the bodies of the vendor's requests; all of them, where creates and updates have names of their own. */
  readonly wire: string | readonly string[]
  readonly first: ContactInput
  readonly second: ContactInput
  /** A spelling of `first` on the wire that is no other value; absent where the vendor refuses any. */
  readonly respell?: (value: unknown) => unknown
  /** The beginning of the value; absent where the vendor refuses it. */
  readonly cut?: (value: unknown) => unknown
}

/** A vendor that stores fields. */
export interface Keeping {
  readonly name: string
  readonly fields: readonly KeptField[]
  readonly by: 'externalId' | 'id' | 'email'
  /** The keys of the first, second and third contact. */
  readonly keys: readonly [ContactInput, ContactInput, ContactInput]
  /** Whether writes answer the id alone, so that only a read tells what was kept. */
  readonly answersId: boolean
  open(options: ServerOptions): { readonly contacts: Writing; readonly requests: readonly unknown[] }
}

const upper = (value: unknown): unknown => String(value).toUpperCase()
const half = (value: unknown): unknown => String(value).slice(0, Math.ceil(String(value).length / 2))

const name: KeptField = {
  path: 'name',
  wire: 'name',
  first: { name: 'Ana Souza' },
  second: { name: 'Bo Larsen' },
  respell: upper,
  cut: half,
}
const email: KeptField = {
  path: 'email',
  wire: 'email',
  first: { email: 'ana@example.com' },
  second: { email: 'bo@example.org' },
  respell: upper,
}
const phone: KeptField = {
  path: 'phone',
  wire: 'phone',
  first: { phone: '+14155552671' },
  second: { phone: '+442079460958' },
}

function custom(wire: string): KeptField {
  const onPlan =
    (change: (value: unknown) => unknown) =>
    (value: unknown): unknown => {
      const inner = Reflect.get(Object(value), '$update')
      if (inner !== undefined) return { $update: onPlan(change)(inner) }
      return { ...Object(value), plan: change(Reflect.get(Object(value), 'plan')) }
    }
  return {
    path: 'customFields.plan',
    wire,
    first: { customFields: { plan: 'professional' } },
    second: { customFields: { plan: 'free of charge' } },
    respell: onPlan(upper),
    cut: onPlan(half),
  }
}

const tags: KeptField = {
  path: 'tags',
  wire: 'tags',
  first: { tags: ['vip', 'lead'] },
  second: { tags: ['trial'] },
  respell: (value) => (Array.isArray(value) ? value.map(upper) : value),
  cut: (value) => (Array.isArray(value) ? value.slice(0, 1) : value),
}

function text(path: 'nickname' | 'note' | 'status' | 'givenName' | 'familyName', wire: string): KeptField {
  return {
    path,
    wire,
    first: { [path]: 'a long word' },
    second: { [path]: 'other words' },
    respell: upper,
    cut: half,
  }
}

const externalIds = ['user-00000000000042', 'user-00000000000043', 'user-00000000000044'] as const
const byEmail = ['ana', 'bo', 'cy'].map((name) => ({ email: `${name}@example.net` }))
const byExternalId = externalIds.map((externalId) => ({ externalId })) as unknown as Keeping['keys']
const ids = ['a', 'b', 'c'].map((last) => ({ id: `${CLIENT_ID.slice(0, -1)}${last}` }))

/** The member of a contact method that is not kept. */
function member(
  path: string,
  wire: string,
  first: object,
  second: object,
  cut?: KeptField['cut'],
): KeptField {
  const input = (said: object): ContactInput => ({
    contactMethods: [{ type: 'email', value: 'ana@example.com', ...said }],
  })
  return {
    path: `contactMethods.${path}`,
    wire,
    first: input(first),
    second: input(second),
    ...(cut && { cut }),
  }
}

/** The vendors at which contacts are created, with every field that they store. */
export const keepings: readonly Keeping[] = [
  {
    name: 'chatbotkit',
    by: 'externalId',
    keys: byExternalId,
    answersId: true,
    open: chatbotkitServer,
    fields: [
      { ...name, cut: half },
      { ...email, cut: () => 'ana@example.co' },
      phone,
      text('nickname', 'nick'),
      text('note', 'description'),
      custom('meta'),
      {
        path: 'verifiedAt',
        wire: 'verifiedAt',
        first: { verifiedAt: '2026-01-01T10:00:00.000Z' },
        second: { verifiedAt: '2026-02-01T10:00:00.000Z' },
      },
    ],
  },
  {
    name: 'cognipeer',
    by: 'externalId',
    keys: byExternalId,
    answersId: false,
    open: cognipeerServer,
    fields: [
      name,
      { ...email, cut: half },
      { ...phone, cut: half, respell: (value) => String(value).replace('+', '00') },
      text('status', 'status'),
      tags,
      custom('properties'),
    ],
  },
  {
    name: 'contact-methods',
    by: 'id',
    keys: ids as unknown as Keeping['keys'],
    answersId: false,
    open: contactMethodsServer,
    fields: [
      member('label', 'label', { label: 'work, mornings' }, { label: 'home, evenings' }, half),
      member('externalId', 'externalId', { externalId: 'mail-00042' }, { externalId: 'mail-00043' }, half),
      member('customFields.plan', 'metadata', custom('').first, custom('').second),
      member('primary', 'isPrimary', { primary: true }, { primary: true }),
    ],
  },
  {
    name: 'channel-inbox',
    by: 'email',
    keys: byEmail as unknown as Keeping['keys'],
    answersId: false,
    open: channelInboxServer,
    fields: [
      { ...name, wire: ['display_name', 'name'] },
      { ...phone, wire: ['phone_number', 'phone'] },
      text('givenName', 'first_name'),
      text('familyName', 'last_name'),
      { ...tags, wire: 'labels' },
    ],
  },
]

/** What an inbox stores of an update, of a contact that a channel brought. */
export const inboxFields: readonly KeptField[] = [
  name,
  { ...email, cut: half },
  { ...phone, cut: half },
  text('givenName', 'first_name'),
  text('familyName', 'last_name'),
  text('note', 'remark'),
  {
    path: 'avatarUrl',
    wire: 'avatar_url',
    first: { avatarUrl: 'https://example.com/a.png' },
    second: { avatarUrl: 'https://example.com/b.png' },
  },
  { path: 'locale', wire: 'language', first: { locale: 'pt-BR' }, second: { locale: 'da-DK' } },
]

/** An inbox with one contact that has a value in every field. */
export function inboxWith(options: ServerOptions) {
  const { emulator, contacts, requests } = channelInboxServer(options)
  const [ana] = emulator.seed([
    {
      display_name: 'Old Name',
      first_name: 'old given',
      last_name: 'old family',
      email: 'old@example.net',
      phone_number: '+351912000000',
      remark: 'old remark',
      avatar_url: 'https://example.com/old.png',
      language: 'fr-FR',
    },
  ])
  return { contacts, requests, id: ana?.id ?? '' }
}

/**
 * A server that changes one field of every write before it stores it: what it answers and what is read is what it stores.
 *
 * @param change - what is stored instead; `undefined` for nothing
 */
export function keeping(wire: KeptField['wire'], change: (value: unknown) => unknown): Answering {
  const rewrite = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(rewrite)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, member]): [string, unknown][] => {
        if (![wire].flat().includes(key)) return [[key, rewrite(member)]]
        const changed = change(member)
        return changed === undefined ? [] : [[key, changed]]
      }),
    )
  }
  return (sent, serve) => (isWrite(sent) && sent.json !== undefined ? serve(rewrite(sent.json)) : serve())
}

/** Keeps warnings. */
export function listening(): {
  readonly warnings: string[]
  readonly onWarning: (w: ContactsWarning) => void
} {
  const warnings: string[] = []
  return {
    warnings,
    onWarning: ({ code, field = '' }) => warnings.push(`${code} ${field.replace(/\.\d+(?=\.|$)/, '')}`),
  }
}
