import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { call, failureOf, type LooseClient, looseClient, providerNames, supports } from './loose-clients.ts'

const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'
const NUL = 'Ana\0'
const HALF = 'Ana\ud83d'
const METHOD = { type: 'email', value: 'ana@example.com' }

/** Where text is given, with the path under which it is refused. */
interface Place {
  readonly operation: string
  readonly path: string
  args(text: string): readonly unknown[]
}

/** Every field of a contact that is text, and what is around it. */
const fields: readonly { readonly path: string; with(text: string): object }[] = [
  ...[
    'externalId',
    'name',
    'givenName',
    'familyName',
    'nickname',
    'note',
    'locale',
    'timezone',
    'status',
  ].map((path) => ({ path, with: (text: string) => ({ [path]: text }) })),
  { path: 'email', with: (text) => ({ email: `${text}@example.com` }) },
  { path: 'phone', with: (text) => ({ phone: `+1 415 555 2671 ${text}` }) },
  { path: 'avatarUrl', with: (text) => ({ avatarUrl: `https://example.com/${text}` }) },
  { path: 'tags.0', with: (text) => ({ tags: [text] }) },
  { path: 'customFields.plan', with: (text) => ({ customFields: { plan: text } }) },
  { path: 'customFields.plan.tiers.0', with: (text) => ({ customFields: { plan: { tiers: [text] } } }) },
  { path: 'customFields', with: (text) => ({ customFields: { [text]: 1 } }) },
  {
    path: 'contactMethods.0.value',
    with: (text) => ({ contactMethods: [{ ...METHOD, value: `${text}@x.com` }] }),
  },
  { path: 'contactMethods.0.label', with: (text) => ({ contactMethods: [{ ...METHOD, label: text }] }) },
  { path: 'contactMethods.0.id', with: (text) => ({ contactMethods: [{ ...METHOD, id: text }] }) },
  {
    path: 'contactMethods.0.externalId',
    with: (text) => ({ contactMethods: [{ ...METHOD, externalId: text }] }),
  },
  {
    path: 'contactMethods.0.customFields.plan',
    with: (text) => ({ contactMethods: [{ ...METHOD, customFields: { plan: text } }] }),
  },
]

const writes: readonly Place[] = fields.flatMap(({ path, with: give }) => [
  { operation: 'create', path, args: (text) => [give(text)] },
  { operation: 'update', path, args: (text) => [ID, give(text)] },
  {
    operation: 'upsert',
    path,
    args: (text) => [{ id: ID, externalId: 'user-42', ...give(text) }, { by: 'externalId' }],
  },
  { operation: 'createMany', path, args: (text) => [[give(text)]] },
  { operation: 'updateMany', path, args: (text) => [[{ ref: ID, patch: give(text) }]] },
  {
    operation: 'upsertMany',
    path,
    args: (text) => [[{ id: ID, externalId: 'user-42', ...give(text) }], { by: 'externalId' }],
  },
])

/** Where a contact, or something of one, is looked up. */
const lookups: readonly Place[] = [
  ...['get', 'find', 'delete'].flatMap((operation): Place[] => [
    { operation, path: 'id', args: (text) => [text] },
    { operation, path: 'id', args: (text) => [{ id: text }] },
    { operation, path: 'externalId', args: (text) => [{ externalId: text }, { scan: true }] },
    { operation, path: 'email', args: (text) => [{ email: `${text}@example.com` }, { scan: true }] },
    { operation, path: 'phone', args: (text) => [{ phone: `+1 415 555 2671${text}` }, { scan: true }] },
  ]),
  {
    operation: 'update',
    path: 'externalId',
    args: (text) => [{ externalId: text }, { name: 'Ana' }, { scan: true }],
  },
  { operation: 'deleteMany', path: 'externalId', args: (text) => [[{ externalId: text }], { scan: true }] },
  { operation: 'updateMany', path: 'id', args: (text) => [[{ ref: text, patch: { name: 'Ana' } }]] },
  ...['conversations', 'comments', 'files', 'contactMethods'].map(
    (group): Place => ({ operation: `${group}.list`, path: 'id', args: (text) => [text] }),
  ),
  { operation: 'comments.create', path: 'id', args: (text) => [text, { text: 'Called back' }] },
  { operation: 'comments.delete', path: 'commentId', args: (text) => [ID, text] },
  { operation: 'activities.list', path: 'conversationId', args: (text) => [text] },
  { operation: 'notifications.markRead', path: 'ids.0', args: (text) => [[text]] },
  { operation: 'notifications.dismiss', path: 'id', args: (text) => [text] },
  { operation: 'contactMethods.get', path: 'id', args: (text) => [text] },
  { operation: 'contactMethods.getByExternalId', path: 'externalId', args: (text) => [text] },
  { operation: 'contactMethods.getByMetadata', path: 'key', args: (text) => [text, 'x'] },
  { operation: 'contactMethods.getByMetadata', path: 'value', args: (text) => ['x', text] },
  { operation: 'contactMethods.delete', path: 'id', args: (text) => [text] },
  { operation: 'contactMethods.setPrimary', path: 'id', args: (text) => [text] },
  { operation: 'list', path: 'email', args: (text) => [{ where: { email: text } }] },
  { operation: 'list', path: 'id.in.0', args: (text) => [{ where: { id: { in: [text] } } }] },
]

/** Where text is given that nothing is looked up by. */
const others: readonly Place[] = [
  { operation: 'list', path: 'where.name', args: (text) => [{ where: { name: text } }] },
  {
    operation: 'list',
    path: 'where.customFields.plan.in.0',
    args: (text) => [{ where: { customFields: { plan: { in: [text] } } } }],
  },
  { operation: 'count', path: 'where.name', args: (text) => [{ where: { name: text } }] },
  { operation: 'explain', path: 'where.name', args: (text) => [{ where: { name: text } }] },
  { operation: 'list', path: 'cursor', args: (text) => [{ cursor: text }] },
  { operation: 'search', path: 'text', args: (text) => [text] },
  { operation: 'search', path: 'cursor', args: (text) => ['Ana', { cursor: text }] },
  { operation: 'conversations.list', path: 'cursor', args: (text) => [ID, { cursor: text }] },
  { operation: 'conversations.list', path: 'channelTypes.0', args: (text) => [ID, { channelTypes: [text] }] },
  { operation: 'comments.list', path: 'channelTypes.0', args: (text) => [ID, { channelTypes: [text] }] },
  { operation: 'comments.create', path: 'text', args: (text) => [ID, { text }] },
  { operation: 'avatar.upload', path: 'name', args: (text) => [{ data: new Uint8Array(1), name: text }] },
  { operation: 'avatar.upload', path: 'type', args: (text) => [{ data: new Uint8Array(1), type: text }] },
  {
    operation: 'create',
    path: 'vendor.remark',
    args: (text) => [{ name: 'Ana' }, { vendor: { remark: text } }],
  },
  {
    operation: 'update',
    path: 'vendor.remark',
    args: (text) => [ID, { name: 'Ana' }, { vendor: { remark: text } }],
  },
  { operation: 'contactMethods.create', path: 'label', args: (text) => [ID, { ...METHOD, label: text }] },
  {
    operation: 'contactMethods.createMany',
    path: 'label',
    args: (text) => [ID, [{ ...METHOD, label: text }]],
  },
  { operation: 'contactMethods.update', path: 'label', args: (text) => [ID, { label: text }] },
  {
    operation: 'request',
    path: 'json.label',
    args: (text) => [{ method: 'POST', path: '/x', json: { label: text } }],
  },
  { operation: 'contactMethods.sync', path: '0.label', args: (text) => [ID, [{ ...METHOD, label: text }]] },
]

/** The error of a call, or of the one item of a batch. */
async function refusalOf(run: () => Promise<unknown>): Promise<unknown> {
  let totals: unknown
  const error = await failureOf(async () => {
    totals = await run()
  })
  if (error !== undefined) return error
  const failed: unknown = Reflect.get(Object(totals), 'failed')
  return Array.isArray(failed) ? failed[0]?.error : undefined
}

/** The options of an upsert, by a key that the provider has. */
function withNativeKey({ capabilities }: LooseClient, arg: unknown): unknown {
  if (Reflect.get(Object(arg), 'by') === undefined) return arg
  const { by, scan }: { by?: unknown; scan?: unknown } = Object(Reflect.get(Object(capabilities), 'upsert'))
  // A provider that has none scans.
  if (Array.isArray(by) && by.length === 0 && Array.isArray(scan)) return { by: scan[0], scan: true }
  return { by: Array.isArray(by) && by.includes('externalId') ? 'externalId' : 'id' }
}

async function expectRefused(
  name: (typeof providerNames)[number],
  place: Place,
  text: string,
): Promise<void> {
  const { contacts, requests } = looseClient(name)
  if (!supports(contacts, place.operation)) return
  const args = place.args(text).map((arg) => withNativeKey(contacts, arg))
  const error = await refusalOf(() => call(contacts, place.operation, ...args))
  const said = `${place.operation} ${place.path} ${JSON.stringify(text)}`
  expect(ContactsError.is(error), `${said}: ${error}`).toBe(true)
  if (!ContactsError.is(error)) return
  expect(error.code, said).toBe('invalid_input')
  expect(
    error.issues?.map(({ path }) => path),
    said,
  ).toContain(place.path)
  expect(error.message + JSON.stringify(error), said).not.toContain('Ana')
  expect(requests(), said).toBe(0)
}

describe.each(providerNames)('text that cannot be sent, at %s', (name) => {
  it.each([NUL, HALF])('is refused wherever it is written: %j', async (text) => {
    for (const place of writes) await expectRefused(name, place, text)
  })

  it.each([NUL, HALF])('is refused wherever something is looked up or asked for: %j', async (text) => {
    for (const place of [...lookups.filter(({ operation }) => operation !== 'list'), ...others]) {
      await expectRefused(name, place, text)
    }
  })
})

const keyPaths = new Set([
  'externalId',
  'email',
  'phone',
  'contactMethods.0.value',
  'contactMethods.0.id',
  'contactMethods.0.externalId',
])

describe.each(providerNames)('characters that nobody sees, at %s', (name) => {
  it.each([
    ['a zero-width space', 'A\u200bna'],
    ['a byte order mark', '\ufeffAna'],
    ['a direction mark', 'Ana\u200e'],
    ['a direction override', '\u202eAna\u202c'],
    ['a soft hyphen', 'A\u00adna'],
  ])('are refused in keys, emails and phones: %s', async (_name, text) => {
    const places = [...writes.filter(({ path }) => keyPaths.has(path)), ...lookups]
    for (const place of places) await expectRefused(name, place, text)
  })

  it('stay in names and notes', async () => {
    const { contacts } = looseClient(name)
    const id = supports(contacts, 'create')
      ? Reflect.get(
          Object(await call(contacts, 'create', { email: 'ana@example.com' }).catch(() => undefined)),
          'id',
        )
      : undefined
    if (typeof id !== 'string') return
    const text = '👩\u200d👩\u200d👧 \u2067אנה\u2069'
    const { capabilities } = contacts
    const declared: unknown = Reflect.get(Object(Reflect.get(Object(capabilities), 'update')), 'fields')
    for (const field of ['name', 'note']) {
      if (!Array.isArray(declared) || !declared.includes(field)) continue
      await call(contacts, 'update', id, { [field]: text })
      expect(await call(contacts, 'get', id)).toMatchObject({ [field]: text })
    }
  })
})

describe.each(providerNames)('numbers and nesting, at %s', (name) => {
  const nest = (levels: number): unknown => (levels === 0 ? 1 : { a: nest(levels - 1) })

  it.each([
    ['an integer that has lost digits', { seats: 17841400008460056 + 0 }, 'customFields.seats'],
    ['a negative one', { seats: { a: [-(2 ** 53)] } }, 'customFields.seats.a.0'],
    ['101 levels', nest(101), 'customFields.a.a.a'],
  ])('%s is refused', async (_name, customFields, path) => {
    for (const operation of ['create', 'update', 'upsert', 'createMany']) {
      const place: Place = {
        operation,
        path,
        args: () =>
          operation === 'createMany'
            ? [[{ customFields }]]
            : operation === 'update'
              ? [ID, { customFields }]
              : [
                  { externalId: 'user-42', customFields },
                  ...(operation === 'upsert' ? [{ by: 'externalId' }] : []),
                ],
      }
      await expectRefused(name, place, '')
    }
    await expectRefused(
      name,
      {
        operation: 'list',
        path: 'where.customFields.seats',
        args: () => [{ where: { customFields: { seats: 2 ** 53 } } }],
      },
      '',
    )
  })
})
