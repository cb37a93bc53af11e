import * as fc from 'fast-check'
import type { Contact } from '../../model/contact.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { Condition, FilterValue } from '../../model/query.ts'

// Few values, so that conditions and contacts meet often.
const texts = ['', 'a', 'b', 'ana@example.com', '1', 'true', 'null', '李']
const paths = [
  'plan',
  'n',
  'address',
  'address.city',
  'address.zip.code',
  'list',
  'list.0',
  'constructor',
  'plan.length',
]
const textFields = ['id', 'externalId', 'name', 'email', 'phone', 'note', 'status'] as const
const timeFields = ['createdAt', 'updatedAt', 'verifiedAt'] as const

const text = fc.constantFrom(...texts)
const scalar: fc.Arbitrary<FilterValue> = fc.constantFrom<FilterValue>(...texts, 0, 1, -1, 1.5, true, false)

/** An instant of a small range, in seconds. */
export const instant: fc.Arbitrary<Date> = fc
  .integer({ min: 0, max: 5 })
  .map((seconds) => new Date(Date.UTC(2026, 0, 1, 23, 59, 57 + seconds)))

/** One instant in one of the forms that ISO 8601 gives it. */
export function isoForms(date: Date): fc.Arbitrary<string> {
  const shifted = (minutes: number): string =>
    new Date(date.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  return fc.constantFrom(
    date.toISOString(),
    `${shifted(0)}Z`,
    `${shifted(0)}.000000+00:00`,
    `${shifted(330)}+05:30`,
    `${shifted(-480)}-0800`,
  )
}

const isoTime = instant.chain(isoForms)

const customFields: fc.Arbitrary<JsonObject> = fc.record(
  {
    plan: fc.oneof(scalar, fc.constant(null), fc.constant<JsonValue>({})),
    n: fc.oneof(scalar, fc.constant<JsonValue>([])),
    address: fc.oneof(
      scalar,
      fc.constant(null),
      fc.record(
        { city: fc.oneof(scalar, fc.constant(null)), zip: fc.oneof(scalar, fc.record({ code: scalar })) },
        { requiredKeys: [] },
      ),
    ),
    list: fc.array(scalar, { maxLength: 2 }),
    constructor: scalar,
  },
  { requiredKeys: [], noNullPrototype: true },
)

/** A contact with few different values. */
export const contact: fc.Arbitrary<Contact> = fc.record(
  {
    provider: fc.constant('memory'),
    id: text,
    externalId: text,
    name: text,
    email: text,
    phone: text,
    contactMethods: fc.constant([]),
    note: text,
    tags: fc.array(fc.constantFrom('a', 'b', ''), { maxLength: 2 }),
    status: text,
    customFields,
    createdAt: isoTime,
    updatedAt: isoTime,
    verifiedAt: isoTime,
    deleted: fc.boolean(),
    raw: fc.constant({}),
  },
  { requiredKeys: ['provider', 'id', 'contactMethods', 'customFields', 'raw'], noNullPrototype: true },
)

function conditionsOn(
  field: fc.Arbitrary<string>,
  value: fc.Arbitrary<FilterValue>,
): fc.Arbitrary<Condition> {
  const operator = fc.constantFrom('eq' as const, 'ne' as const)
  const values = fc.array(fc.oneof(value, fc.constant(null)), { maxLength: 3 })
  return fc.oneof(
    fc.record({ field, operator, value }),
    fc.record({ field, operator: fc.constant('in' as const), value: values }),
    fc.record({ field, operator: fc.constant('exists' as const), value: fc.boolean() }),
  )
}

const utcTime = instant.map((date) => date.toISOString())

/** A condition as `parseWhere` makes it. */
export const condition: fc.Arbitrary<Condition> = fc.oneof(
  conditionsOn(fc.constantFrom(...textFields), text),
  conditionsOn(fc.constantFrom(...timeFields), utcTime),
  conditionsOn(fc.constant('tags'), fc.constantFrom('a', 'b', '')),
  conditionsOn(fc.constant('deleted'), fc.boolean()),
  conditionsOn(
    fc.constantFrom(...paths).map((path) => `customFields.${path}`),
    scalar,
  ),
  fc.record({
    field: fc.constantFrom(...timeFields),
    operator: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const),
    value: utcTime,
  }),
)
