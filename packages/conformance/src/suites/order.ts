import type { Contact } from '@anycontact/core'
import { assertSame, fail } from '../assert.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

const FIELDS = [
  'id',
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'note',
  'avatarUrl',
  'locale',
  'timezone',
  'status',
  'createdAt',
  'updatedAt',
  'verifiedAt',
] as const

type Field = (typeof FIELDS)[number]

/** Sorting: each declared field in both directions; the others are refused. */
export const sorting: Suite = (define) => {
  for (const field of FIELDS) define(`orderBy ${field}`, (session) => sortsBy(session, field))
}

async function sortsBy(session: Session, field: Field): Promise<void> {
  const declared = session.capabilities.list?.orderBy.includes(field) ?? false
  if (!declared) {
    await session.rejects(`list with orderBy ${field}, which is not declared,`, 'unsupported', () =>
      session.client.list({ orderBy: { field } }),
    )
    return
  }
  // Not made in the order of their values.
  const [a, b, c, d] = [session.number(), session.number(), session.number(), session.number()]
  const numbers = [c, a, d, b]
  const made = await session.makeMany(numbers.length, (index) => session.everything(numbers[index] ?? a))
  const mine = new Set(made.map(({ id }) => id))
  const everyone = (await session.all()).map(({ id }) => id).sort()
  for (const direction of ['asc', 'desc'] as const) {
    const what = `list with orderBy ${field} ${direction}`
    const plan = session.client.explain({ orderBy: { field, direction } })
    assertSame(plan.orderBy, { field, direction }, `explain of orderBy ${field} ${direction}`)
    const listed = await session.all({ orderBy: { field, direction }, pageSize: 3 })
    assertSame(listed.map(({ id }) => id).sort(), everyone, `${what}: which contacts there are`)
    checkSorted(
      listed.filter(({ id }) => mine.has(id)),
      field,
      direction,
      what,
    )
  }
  const unsaid = await session.all({ orderBy: { field } })
  checkSorted(
    unsaid.filter(({ id }) => mine.has(id)),
    field,
    'asc',
    `list with orderBy ${field} and no direction`,
  )
}

function checkSorted(
  contacts: readonly Contact[],
  field: Field,
  direction: 'asc' | 'desc',
  what: string,
): void {
  const values = contacts.map((contact) => contact[field]).filter((value) => value !== undefined)
  const sorted = [...values].sort((a, b) => (direction === 'asc' ? 1 : -1) * compareValues(a, b))
  // Values that compare as equal may come in any order, so only the values are looked at.
  assertSame(values, sorted, what)
  if (values.length === 0) fail(`${what}: contacts have no ${field} to sort by`)
}

/** As any collation would have it, for the suite's own values. Numbers in text are compared as numbers when that is all there is. */
function compareValues(a: string, b: string): number {
  if (/^\d+$/.test(a) && /^\d+$/.test(b)) return Number(a) - Number(b)
  return a < b ? -1 : a > b ? 1 : 0
}
