import fc from 'fast-check'
import { failedIn, type Lane, lane, member, outcomeOf, Wrong } from '../lane.ts'
import { nonsense } from '../nonsense.ts'
import { meets, whyNot } from '../plain-filter.ts'
import { call, openWorld, type ProviderName, providerNames, seedOne, type World } from '../world.ts'

const FIELDS = ['id', 'externalId', 'name', 'nickname', 'email', 'phone', 'note', 'status', 'tags'] as const
const TIMES = ['createdAt', 'updatedAt', 'verifiedAt'] as const
const CUSTOM = ['plan', 'a.b', 'a', 'n', 'constructor', '__proto__', '', 'a..b', 'a.', '\u00e9'] as const
const OPERATORS = ['eq', 'ne', 'in', 'exists', 'gt', 'gte', 'lt', 'lte'] as const

/** What some of the contacts hold, and what none does. */
const TEXTS = [
  'ana',
  'Ana',
  'bo',
  'vip',
  'pro',
  'ana@example.com',
  '+14155552671',
  'mem_000001',
  '',
  ' ',
  'a\0b',
  '%',
  '*',
  '.*',
  "'",
  'null',
] as const
const MOMENTS = [
  '2026-01-31T09:00:00Z',
  '2026-01-31T10:00:00+01:00',
  '2020-01-01T00:00:00Z',
  '2026-01-31',
  'soon',
] as const
const SCALARS = [null, undefined, true, false, 0, -0, 1, 1.5, 2 ** 53, Number.NaN] as const

const scalar: fc.Arbitrary<unknown> = fc.oneof(
  { arbitrary: fc.constantFrom(...TEXTS), weight: 4 },
  { arbitrary: fc.constantFrom(...MOMENTS), weight: 2 },
  { arbitrary: fc.constantFrom(...SCALARS), weight: 2 },
)
const odd = fc.constantFrom(...Object.keys(nonsense)).map((name) => ({ odd: name }))
const field = fc.oneof(
  { arbitrary: fc.constantFrom(...FIELDS), weight: 4 },
  { arbitrary: fc.constantFrom(...TIMES), weight: 2 },
  { arbitrary: fc.constantFrom(...CUSTOM).map((key) => `customFields.${key}`), weight: 5 },
  fc.constantFrom('deleted', 'raw', 'contactMethods', 'x', 'toString'),
)

/** What such a field can be compared with. */
function fitting(name: string): fc.Arbitrary<unknown> {
  if (TIMES.some((time) => time === name)) return fc.constantFrom(...MOMENTS.slice(0, 3))
  if (name === 'deleted') return fc.boolean()
  const texts = fc.constantFrom(...TEXTS.filter((text) => text !== 'a\0b'))
  return name.startsWith('customFields.') ? fc.oneof(texts, fc.constantFrom(true, false, 0, 1, 1.5)) : texts
}

function operators(values: fc.Arbitrary<unknown>, names: readonly string[]): fc.Arbitrary<unknown> {
  const list = fc.array(fc.oneof({ arbitrary: values, weight: 4 }, fc.constant(null)), { maxLength: 3 })
  const entry = fc.constantFrom(...names).chain((operator) => {
    const fit = operator === 'in' ? list : operator === 'exists' ? fc.boolean() : values
    const any = fc.oneof(values, list)
    return fc.tuple(fc.constant(operator), fc.oneof({ arbitrary: fit, weight: 7 }, any))
  })
  return fc.array(entry, { minLength: 1, maxLength: 2 }).map((entries) => Object.fromEntries(entries))
}

function conditionOn(name: string): fc.Arbitrary<unknown> {
  const isTime = TIMES.some((time) => time === name)
  const good = fitting(name)
  return fc.oneof(
    { arbitrary: good, weight: 3 },
    { arbitrary: operators(good, isTime ? OPERATORS : OPERATORS.slice(0, 4)), weight: 8 },
    { arbitrary: scalar, weight: 1 },
    { arbitrary: operators(scalar, OPERATORS), weight: 1 },
    { arbitrary: odd, weight: 1 },
  )
}

const condition = field.chain((name) => fc.tuple(fc.constant(name), conditionOn(name)))
const where = fc
  .array(condition, { minLength: 1, maxLength: 2 })
  .map((entries): Record<string, unknown> => Object.fromEntries(entries))

const cases = fc.record({
  provider: fc.constantFrom(...providerNames),
  where,
  operation: fc.constantFrom('list', 'list', 'count'),
  isNested: fc.boolean(),
})

/** Conditions of every kind: refused, or the contacts that a plain filter here gives. */
export const filters: Lane = lane(
  'filters',
  cases,
  async ({ provider, where: given, operation, isNested }) => {
    const world = openWorld(provider)
    const everybody = await seeded(world, provider)
    const isOdd = Object.values(given).some((one) => member(one, 'odd') !== undefined)
    const real = isOdd
      ? Object.fromEntries(
          Object.entries(given).map(([name, one]) => [name, nonsense[String(member(one, 'odd'))]?.() ?? one]),
        )
      : given
    world.begin()
    const query = { where: isNested ? nested(real) : real }
    const outcome = await outcomeOf(
      () =>
        operation === 'list'
          ? call(Object(call(world.client, 'list', [query])), 'toArray', [])
          : call(world.client, 'count', [query]),
      world.requests,
    )
    const isProto = isNested && Object.hasOwn(given, 'customFields.__proto__')
    const reason = isOdd ? undefined : isProto ? 'it has a key __proto__' : whyNot(given)
    if ('error' in outcome) {
      if (isOdd || reason !== undefined) return 'refused'
      throw new Wrong(`was refused: ${String(outcome.error)}`)
    }
    if (failedIn(outcome.given).length > 0) return 'refused'
    if (reason !== undefined) throw new Wrong(`was taken, although ${reason}`)
    if (isOdd) return 'taken'
    const wanted = everybody
      .filter((contact) => meets(contact, given))
      .map((contact) => member(contact, 'id'))
    if (operation === 'count') {
      if (outcome.given !== wanted.length) throw new Wrong(`counts ${outcome.given}, not ${wanted.length}`)
      return 'taken'
    }
    const found = (Array.isArray(outcome.given) ? outcome.given : []).map((contact) => member(contact, 'id'))
    const [a, b] = [[...found].sort().join(), [...wanted].sort().join()]
    if (a !== b) throw new Wrong(`gives ${a}, not ${b}`)
    return 'taken'
  },
)

/** Custom fields under one key, as most people write them. */
function nested(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  const custom: [string, unknown][] = []
  for (const [name, one] of Object.entries(given)) {
    if (name.startsWith('customFields.')) custom.push([name.slice('customFields.'.length), one])
    else result[name] = one
  }
  return custom.length === 0 ? result : { ...result, customFields: Object.fromEntries(custom) }
}

const PEOPLE = [
  {
    externalId: 'ana',
    name: 'ana',
    email: 'ana@example.com',
    tags: ['vip'],
    status: 'pro',
    customFields: { plan: 'pro', n: 1 },
  },
  {
    externalId: 'bo',
    name: 'Ana',
    phone: '+14155552671',
    email: 'bo@example.com',
    nickname: 'bo',
    customFields: { a: { b: 'pro' }, n: 1.5 },
  },
  {
    name: 'bo',
    note: 'ana',
    email: 'cy@example.com',
    customFields: { 'a.b': 'pro', a: { b: 'ana' }, plan: true },
  },
  {
    email: 'di@example.com',
    customFields: { constructor: 'pro', n: 0, '\u00e9': 'ana', a: [1] },
    verifiedAt: '2026-01-31T09:00:00Z',
  },
] as const

/** Who is there, as a listing without conditions gives them. */
async function seeded(world: World, provider: ProviderName): Promise<readonly unknown[]> {
  if (provider === 'channel-inbox') {
    world.vendors.channelInbox.seed([
      { display_name: 'ana', email: 'ana@example.com' },
      { display_name: 'bo', phone_number: '+14155552671', remark: 'ana' },
      {},
    ])
  } else if (provider === 'contact-methods') {
    await seedOne(world, provider, { email: 'ana@example.com', phone: '+14155552671' })
  } else await call(world.client, 'createMany', [PEOPLE, { unsupportedFields: 'drop', concurrency: 1 }])
  const everybody: unknown = await call(Object(call(world.client, 'list', [])), 'toArray', [])
  return Array.isArray(everybody) ? everybody : []
}
