import { conformanceTests } from '@anycontact/conformance'
import type { Condition } from '@anycontact/core'
import { type Contact, ContactsError } from '@anycontact/core'
import { type AdapterContext, type AnyAdapter, CallScope } from '@anycontact/core/adapter-kit'
import { describe, expect, test } from 'vitest'
import { conformanceSettings } from './testing/suite.ts'

/** Something broken in the adapter, the tests of the suite that must find it, and what a failure must say. */
type Mutant = readonly [
  name: string,
  foundBy: RegExp,
  saying: RegExp,
  breakIt: (ours: Required<AnyAdapter>) => Partial<AnyAdapter>,
]

const NOT_DELETED: Condition = { field: 'deleted', operator: 'ne', value: true }

const MUTANTS: readonly Mutant[] = [
  [
    'a part that cannot be stored sinks the whole request of a batch',
    /createMany does with each item/,
    /what createMany did with item 0 of \d+.*expected "ok", got "unsupported_field"/,
    (ours) => ({
      createMany: async (inputs, options, context) => {
        for (const { contactMethods } of inputs) {
          if (contactMethods?.some(({ label }) => label))
            context.dropField('contactMethods.label', 'no place')
        }
        return ours.createMany(inputs, options, context)
      },
    }),
  ],
  [
    'a batch with one address twice is refused as a whole',
    /createMany with the same email twice/,
    /the codes of what failed: expected \["conflict"\], got \["invalid_input","invalid_input","invalid_input"\]/,
    (ours) => ({
      createMany: async (inputs, options, context) => {
        const emails = inputs.flatMap(({ email }) => email ?? [])
        if (new Set(emails).size < emails.length)
          throw new ContactsError({ code: 'invalid_input', message: 'A person is in the batch twice.' })
        return ours.createMany(inputs, options, context)
      },
    }),
  ],
  [
    'a batch of updates answers with no more than was written',
    /updateMany does every item/,
    /what updateMany gave is not what is stored/,
    (ours) => ({
      updateMany: async (updates, options, context) =>
        (await ours.updateMany(updates, options, context)).map((result, index) =>
          'value' in result
            ? { value: only(result.value, Object.keys(updates[index]?.patch ?? {})) }
            : result,
        ),
    }),
  ],
  [
    'a filter that finds more than is meant passes for exact',
    /where email/,
    /^count\(.*which is exact: expected 0, got 1/,
    (ours) => ({
      planWhere: (conditions, query) => {
        const plan = ours.planWhere(conditions, query)
        return { ...plan, exact: plan.pushed.length === conditions.length }
      },
    }),
  ],
  [
    'a filter forgets those that are kept as deleted, although they are asked for',
    /kept as deleted where that is asked for/,
    /count\(.*"includeDeleted":true.*which is exact: expected 2, got 1/,
    (ours) => ({
      planWhere: (conditions, query) => {
        const plan = ours.planWhere([...conditions, NOT_DELETED], query)
        return { ...plan, pushed: plan.pushed.filter((condition) => condition !== NOT_DELETED) }
      },
    }),
  ],
  [
    'the spelling of an address is not stated',
    /spelling in which email is stored/,
    /state it in the adapter's canonical/,
    () => ({ canonical: (_field, value) => value }),
  ],
  [
    'what an item of a batch was refused for is not told',
    /createMany goes on/,
    /the codes of items that cannot be done: expected \["invalid_input","conflict"\]/,
    (ours) => ({
      createMany: async (inputs, options, context) =>
        (await ours.createMany(inputs, options, context)).map((result) =>
          'error' in result
            ? { error: new ContactsError({ code: 'bad_response', message: 'It was refused.' }) }
            : result,
        ),
    }),
  ],
  [
    'a search without a page size takes its first page for all',
    /search without a pageSize/,
    /how many contacts a search without a pageSize gives: expected \d+, got 10/,
    (ours) => ({
      search: async (text, query, context) => {
        const page = await ours.search(text, { ...query, pageSize: query.pageSize ?? 10 }, context)
        // The provider gives pages of 10 where it is not asked for more, and not of 25 as this takes for granted.
        return query.pageSize === undefined && page.items.length < 25 ? { items: page.items } : page
      },
    }),
  ],
  [
    'a route that ends after a hundred passes for complete',
    /says that it is complete/,
    /says that it is complete, and lacks 20 of 120 contacts/,
    (ours) => ({
      planWhere: (conditions, query) => ({ ...ours.planWhere(conditions, query), complete: true }),
    }),
  ],
  [
    'each request has a clock of its own',
    /create ends by its deadline/,
    /was sent and cut off, but its error says that nothing was written/,
    (ours) => ({ create: (input, context) => ours.create(input, withOwnClock(context)) }),
  ],
  [
    'a request does not end with its call',
    /each item of upsertMany has a deadline/,
    /how many requests were sent after it had ended: expected 0, got 1/,
    (ours) => ({
      upsertMany: async (inputs, by, _options, context) => {
        const results = []
        for (const input of inputs) {
          const call = new CallScope({}, { ...context.call })
          results.push({ value: await ours.upsert(input, by, { ...context, call, exactOutcome: true }) })
        }
        return results
      },
    }),
  ],
  [
    'a place for a contact method is declared that there is not',
    /create fills and empties/,
    /what create of contactMethods gave.*there is no other|cannot store contactMethods/,
    ({ capabilities }) => {
      const { create = { mode: 'native', fields: [] } } = capabilities
      return { capabilities: { ...capabilities, create: { ...create, slots: ['email', 'other'] } } }
    },
  ],
  [
    'a custom field that is declared a number is read as text',
    /custom fields that are declared/,
    /customFields\.seats/,
    (ours) => ({
      create: async (input, context) => asText(await ours.create(input, context)),
      get: async (ref, context) => asText(await ours.get(ref, context)),
    }),
  ],
  [
    'an upsert does not tell exactly what it did, although it is asked to',
    /upsert by email/,
    /expected "unchanged", got "stored"/,
    (ours) => ({
      upsert: (input, by, context) => ours.upsert(input, by, { ...context, exactOutcome: false }),
    }),
  ],
]

/** A contact with no more fields than these. */
function only(contact: Contact, fields: readonly string[]): Contact {
  const { provider, id, raw } = contact
  const kept = Object.entries(contact).filter(([field]) => fields.includes(field))
  return { provider, id, contactMethods: [], customFields: {}, raw, ...Object.fromEntries(kept) }
}

function asText(contact: Contact): Contact {
  const fields = Object.entries(contact.customFields).map(([name, value]) => [name, String(value)])
  return { ...contact, customFields: Object.fromEntries(fields) }
}

/** A context as it was before calls were handed on: what a request is given stands in it, and when the call ends does not. */
function withOwnClock(context: AdapterContext): AdapterContext {
  const { signal, timeoutMs, headers } = context.call
  return {
    ...context,
    call: new CallScope({ signal, timeoutMs, headers }, { ...context.call, endsAt: undefined }),
  }
}

/** What the tests whose name matches say of an adapter. */
async function run(only: RegExp, change?: (ours: AnyAdapter) => AnyAdapter): Promise<readonly string[]> {
  const tests = conformanceTests(conformanceSettings(change)).filter(({ name }) => only.test(name))
  expect(tests.length).toBeGreaterThan(0)
  const failures: string[] = []
  for (const { run: runTest } of tests) {
    try {
      await runTest()
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error))
    }
  }
  return failures
}

describe('the suite finds out an adapter of which', () => {
  test.each(MUTANTS)('%s', async (_name, foundBy, saying, breakIt) => {
    expect(await run(foundBy)).toEqual([])
    // The example has all of these methods, but those of groups.
    const failures = await run(foundBy, (ours) => ({ ...ours, ...breakIt(ours as Required<AnyAdapter>) }))
    expect(failures.join('\n')).toMatch(saying)
  })
})
