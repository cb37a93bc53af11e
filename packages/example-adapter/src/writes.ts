import * as kit from '@anycontact/core/adapter-kit'
import { refused } from './api/errors.ts'
import type { ExampleCrmApi } from './api/index.ts'
import { read, type WriteResult } from './api/wire.ts'
import { MAX_ITEMS, type Methods } from './capabilities.ts'
import { createLookup, unlessMissing } from './lookup.ts'
import { canonical, type Mapping } from './mapping.ts'

type Write = 'create' | 'update' | 'delete' | 'upsert' | 'createMany' | 'updateMany' | 'upsertMany'

/** Makes what changes people. */
export function createWrites(api: ExampleCrmApi, mapping: Mapping): Methods<Write> {
  const { toContact, toPerson, propertyOf } = mapping
  const { get } = createLookup(api, mapping)
  const toContactOf = ({ person }: WriteResult) => toContact(person)
  const toUpserted = ({ person, created }: WriteResult) =>
    ({ contact: toContact(person), outcome: created ? 'created' : 'stored' }) as const
  const toUpdate = ({ ref, patch }: kit.AdapterUpdate, context: kit.AdapterContext) =>
    toPerson(patch, context, ref.value)

  /** Sends a batch; each item has a result, or an error of its own. */
  const sendBatch = <Item, Result>(
    endpoint: 'createPeople' | 'updatePeople' | 'upsertPeople',
    items: readonly Item[],
    context: kit.AdapterContext,
    toBody: (item: Item, context: kit.AdapterContext) => object,
    toResult: (result: WriteResult) => Result,
    by?: string,
  ) =>
    kit.sendItems(items, {
      maxItems: MAX_ITEMS,
      map: (item) => toBody(item, context),
      send: (people) =>
        api.json(endpoint, { json: { people, by } }, context.call, (data) => read.results(data)),
      read: ({ results }, people) =>
        kit.mapItems(results, (result, index) => {
          if (result.error) throw refused(result.error, people[index], context.call)
          return toResult(result)
        }),
    })

  return {
    async create(input, context) {
      const json = toPerson(input, context)
      const key = (['externalId', 'email'] as const).find((name) => typeof input[name] === 'string')
      const { made } = await kit.createOnce({
        call: context.call,
        send: (effect) => api.json('createPerson', { json, effect }, context.call, (data) => toContact(data)),
        key: key && {
          isUnique: true,
          find: () => get({ key, value: String(input[key]) }, context),
          isOurs: (found) =>
            !kit.diffContact(found, input, (field, present, wanted) => present === canonical(field, wanted)),
        },
      })
      return made
    },
    async update({ value: id }, patch, context) {
      const request = { params: { id }, json: toPerson(patch, context) }
      return api.json('updatePerson', request, context.call, (data) => toContact(data))
    },
    async delete({ value: id }, { call }) {
      await api.done('archivePerson', { params: { id } }, call)
    },
    async upsert(input, by, context) {
      const { exactOutcome, call } = context
      const ref = { key: by, value: String(input[by]) }
      // The CRM does not tell what was changed from what was not. A read before does, for whoever asks.
      const before = exactOutcome ? await get(ref, context).catch(unlessMissing) : undefined
      const request = { params: { property: propertyOf(by) }, json: toPerson(input, context) }
      const done = await api.json('upsertPerson', request, call, (data) => toUpserted(read.result(data)))
      if (done.outcome === 'created' || !exactOutcome) return done
      return { ...done, outcome: before && kit.sameContact(before, done.contact) ? 'unchanged' : 'updated' }
    },
    createMany: (inputs, _, context) => sendBatch('createPeople', inputs, context, toPerson, toContactOf),
    updateMany: (updates, _, context) => sendBatch('updatePeople', updates, context, toUpdate, toContactOf),
    upsertMany: (inputs, by, _, context) =>
      sendBatch('upsertPeople', inputs, context, toPerson, toUpserted, propertyOf(by)),
  }
}
