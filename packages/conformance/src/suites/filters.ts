import type { Contact, ContactInput, ListQuery, QueryPlan, Where } from '@anycontact/core'
import { assert, assertSame, fail, isSame, print } from '../assert.ts'
import { filteredHere } from '../filtered-here.ts'
import type { Session } from '../session.ts'

/** Filters that do not differ in what they mean, only in who applies them; some are wrong on purpose. */
export type Filters = Readonly<Record<string, unknown>>

/** Filters as the `where` of a query. */
export function asWhere(filters: Filters): Where {
  return filters as Where
}

/** Contacts that differ in what a sloppy filter would confuse: case, accents, blanks, types, absence. */
export async function makeVaried(session: Session): Promise<Contact[]> {
  const free = (['name', 'nickname', 'note', 'givenName', 'familyName'] as const).filter(
    (field) => session.storable.includes(field) && session.options.sample?.[field] === undefined,
  )
  const all = session.everything()
  const freeText = (change: (text: string) => string): ContactInput =>
    Object.fromEntries(free.map((field) => [field, change(all[field] ?? '')]))
  const hasCustom =
    session.storable.includes('customFields') && session.options.sample?.customFields === undefined
  const custom = all.customFields ?? {}
  const textual = Object.fromEntries(
    Object.entries(custom).map(([key, value]) => [key, typeof value === 'object' ? value : String(value)]),
  )
  const flipped = Object.fromEntries(
    Object.entries(custom).map(([key, value]) => [key, typeof value === 'string' ? flipCase(value) : value]),
  )
  const inputs: ContactInput[] = [
    all,
    session.everything(),
    session.basic(),
    { ...session.input(['externalId']), ...freeText(flipCase), ...(hasCustom && { customFields: flipped }) },
    {
      ...session.input(['externalId', 'email']),
      ...freeText((text) => text.normalize('NFD').replace(/\p{M}/gu, '')),
      ...(hasCustom && { customFields: textual }),
    },
    session.input([]),
  ]
  const made: Contact[] = []
  for (const input of inputs) made.push(...(await session.makeMany(1, () => input)))
  return made
}

/**
 * Each filter, answered by the listing, gives what the whole listing gives when it is filtered here; where the plan says that the
 * provider's answer is exact, its count and its totals say the same. And what is declared is made use of.
 *
 * @param fields - whose declared operators must be pushed down by one filter or another. @default not looked at
 */
export async function compareFilters(
  session: Session,
  filters: readonly Filters[],
  ...fields: readonly string[]
): Promise<void> {
  const everyone = await session.all({ includeDeleted: true })
  const pushed = new Set<string>()
  for (const filter of filters) {
    const query = { where: asWhere(filter) }
    const plan = session.client.explain(query)
    for (const { field, operator } of plan.pushedDown) pushed.add(`${operator} on ${declaredName(field)}`)
    checkPlan(session, query)
    await checkAnswer(session, everyone, query)
  }
  for (const field of fields) {
    for (const operator of session.capabilities.list?.where[field] ?? []) {
      assert(
        pushed.has(`${operator} on ${field}`),
        `list.where declares ${operator} on ${field}, but explain pushes it down in no query`,
      )
    }
  }
}

/** Checks that a plan says what the capabilities declare, and agrees with itself. */
function checkPlan(session: Session, query: ListQuery): void {
  const { where = {}, total = false } = session.capabilities.list ?? fail('list is not declared')
  const plan = session.client.explain(query)
  const what = `explain(${print(query)})`
  for (const { field, operator } of plan.pushedDown) {
    assert(
      where[declaredName(field)]?.includes(operator) ?? false,
      `${what} pushes down ${operator} on ${field}, against what the capabilities declare`,
    )
  }
  const isWhole = plan.evaluatedHere.length === 0
  assertSame(plan.exact, isWhole, `${what}: whether it is exact, where ${explained(plan)}`)
  assert(plan.exact || !plan.total, `${what} promises totals of an answer that is not exact`)
  // How many there are in all is known of a listing that nothing filters.
  if (plan.exact && plan.pushedDown.length === 0) assertSame(plan.total, total, `${what}: total`)
}

/** Checks what a listing gives, and how many it says that there are. */
export async function checkAnswer(
  session: Session,
  everyone: readonly Contact[],
  query: ListQuery,
): Promise<void> {
  const plan = session.client.explain(query)
  const expected = ids(await filteredHere(session, everyone, query))
  const what = `list(${print(query)}) (${explained(plan)})`
  const listed = ids(await session.client.list(query).toArray())
  if (plan.complete) assertSame(listed, expected, what)
  else assertCapped(listed, expected, what)
  if (!plan.exact || !isFiltered(plan)) return
  if (session.has('count')) {
    assertSame(await session.client.count(query), expected.length, `count(${print(query)}), which is exact`)
  }
  if (!plan.total) return
  const { total } = await session.client.list({ ...query, pageSize: 1 })
  assertSame(total, expected.length, `total of ${what}`)
}

/** A listing that is not complete may end early; but nothing is in it that does not belong there, and it is not without its first. */
function assertCapped(listed: readonly string[], expected: readonly string[], what: string): void {
  const strange = listed.filter((id) => !expected.includes(id))
  assert(
    strange.length === 0 &&
      new Set(listed).size === listed.length &&
      (listed.length > 0 || isSame(expected, [])),
    `${what}: expected ${print(expected)} or the first of them, got ${print(listed)}`,
  )
}

function isFiltered({ pushedDown }: QueryPlan): boolean {
  return pushedDown.length > 0
}

function explained(plan: QueryPlan): string {
  return isFiltered(plan)
    ? `the provider filtered by ${print(plan.pushedDown)}`
    : `filtered here by ${print(plan.evaluatedHere)}`
}

function declaredName(field: string): string {
  return field.startsWith('customFields.') ? 'customFields.*' : field
}

/** Upper case for lower case, and the other way round. */
export function flipCase(text: string): string {
  return text.replace(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

function ids(contacts: readonly Contact[]): string[] {
  return contacts.map(({ id }) => id).sort()
}
