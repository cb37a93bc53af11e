import type { Contact } from '@anycontact/core'
import { fail, print } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'
import { asWhere, compareFilters, type Filters, flipCase, makeVaried } from './filters.ts'

const TEXT_FIELDS = [
  'id',
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'status',
  'tags',
] as const

const TIME_FIELDS = ['createdAt', 'updatedAt', 'verifiedAt'] as const

/** Filtering: the provider's filters and those applied here give the same answer, and `explain` tells which is which. */
export const filtering: Suite = (define) => {
  for (const field of TEXT_FIELDS) {
    define(`where ${field}: every operator, pushed down or not`, async (session) => {
      if (!(await hasList(session))) return
      await makeVaried(session)
      const values = valuesOf(await session.all(), (contact) =>
        field === 'tags' ? contact.tags : contact[field],
      )
      const [first = 'none', second = 'none'] = values
      await compareFilters(
        session,
        [
          { [field]: first },
          { [field]: { eq: `${first} ` } },
          { [field]: { eq: flipCase(first) } },
          { [field]: 'a value that no contact has' },
          { [field]: '' },
          { [field]: { ne: first } },
          { [field]: { in: [first, second] } },
          { [field]: { in: [first, null] } },
          { [field]: { in: [] } },
          { [field]: { exists: true } },
          { [field]: { exists: false } },
          { [field]: null },
          { [field]: { ne: null } },
          { [field]: { eq: first, ne: second } },
        ],
        ...(values.length > 0 ? [field] : []),
      )
    })
  }

  for (const field of TIME_FIELDS) {
    define(`where ${field}: every operator, pushed down or not`, async (session) => {
      if (!(await hasList(session))) return
      await makeVaried(session)
      const values = valuesOf(await session.all(), (contact) => contact[field]).sort()
      const middle = values[values.length >> 1] ?? '2024-01-01T00:00:00.000Z'
      const other = new Date(Date.parse(middle) + 1).toISOString()
      const shifted = middle.replace(/Z$/, '+00:00')
      await compareFilters(
        session,
        [
          { [field]: middle },
          { [field]: shifted },
          { [field]: other },
          { [field]: { ne: middle } },
          { [field]: { in: [middle, other] } },
          { [field]: { exists: true } },
          { [field]: { exists: false } },
          { [field]: { gt: middle } },
          { [field]: { gte: middle } },
          { [field]: { lt: middle } },
          { [field]: { lte: middle } },
          { [field]: { gt: values[0] ?? middle, lte: middle } },
        ],
        ...(values.length > 0 ? [field] : []),
      )
    })
  }

  define('where customFields: every operator and kind of value, pushed down or not', async (session) => {
    if (!(await hasList(session))) return
    await makeVaried(session)
    const fields = session.storable.includes('customFields')
      ? (await session.all()).map(({ customFields }) => customFields)
      : []
    const scalars = new Map<string, Set<string | number | boolean>>()
    for (const custom of fields) collectScalars(custom, '', scalars)
    const filters: Filters[] = [
      { customFields: { nothing: 'x' } },
      { customFields: { constructor: { exists: true } } },
    ]
    for (const [path, values] of scalars) {
      const [first = '', second = ''] = values
      filters.push(
        { customFields: { [path]: first } },
        { [`customFields.${path}`]: first },
        { customFields: { [path]: String(first) } },
        { customFields: { [path]: { ne: first } } },
        { customFields: { [path]: { in: [first, second] } } },
        { customFields: { [path]: { in: [second, null] } } },
        { customFields: { [path]: { exists: true } } },
        { customFields: { [path]: null } },
        ...(typeof first === 'string' ? [{ customFields: { [path]: flipCase(first) } }] : []),
      )
    }
    await compareFilters(session, filters, 'customFields.*')
  })

  define('where deleted: every operator, pushed down or not', async (session) => {
    if (!(await hasList(session))) return
    await makeVaried(session)
    await compareFilters(
      session,
      [
        { deleted: true },
        { deleted: false },
        { deleted: { ne: true } },
        { deleted: { in: [true, false] } },
        { deleted: { exists: true } },
      ],
      'deleted',
    )
  })

  define('where with several conditions wants all of them', async (session) => {
    if (!(await hasList(session))) return
    const [contact] = await makeVaried(session)
    if (!contact) return fail('no contact was made')
    const { name = null, email = null, externalId = null, customFields } = contact
    const [path = 'nothing', value] =
      Object.entries(customFields).find(([, member]) => typeof member === 'string') ?? []
    const custom = typeof value === 'string' ? value : null
    await compareFilters(session, [
      { name, email, externalId },
      { name, email: { ne: email } },
      { customFields: { [path]: custom }, name },
      { customFields: { [path]: custom, other: { exists: false } }, id: { ne: contact.id } },
      { id: contact.id, createdAt: { gte: '2000-01-01T00:00:00Z' } },
    ])
  })

  define('where that means nothing is invalid', async (session) => {
    if (!(await hasList(session))) return
    const bad: readonly Filters[] = [
      { nope: 'x' },
      { name: 7 },
      { name: {} },
      { name: { like: 'x' } },
      { name: ['x'] },
      { name: { gt: 'x' } },
      { createdAt: 'yesterday' },
      { createdAt: { gt: '2026-01-31' } },
      { email: { in: 'x' } },
      { customFields: { '': 1 } },
    ]
    for (const where of bad) {
      await session.rejects(`list where ${print(where)}`, 'invalid_input', () =>
        session.client.list({ where: asWhere(where) }),
      )
    }
  })
}

async function hasList(session: Session): Promise<boolean> {
  if (session.has('list')) return true
  await session.refuses('list')
  return false
}

function valuesOf(
  contacts: readonly Contact[],
  read: (contact: Contact) => string | readonly string[] | undefined,
): string[] {
  const values = new Set(contacts.flatMap((contact) => read(contact) ?? []))
  return [...values].reverse()
}

function collectScalars(
  value: object,
  prefix: string,
  into: Map<string, Set<string | number | boolean>>,
): void {
  for (const [key, member] of Object.entries(value)) {
    if (key === '' || key.includes('.')) continue
    const path = `${prefix}${key}`
    if (typeof member === 'object' && member !== null) {
      if (!Array.isArray(member)) collectScalars(member, `${path}.`, into)
    } else if (typeof member === 'string' || typeof member === 'number' || typeof member === 'boolean') {
      into.set(path, (into.get(path) ?? new Set()).add(member))
    }
  }
}
