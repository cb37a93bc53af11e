import type { ContactMethod, ContactsError, ContactsErrorCode } from '@anycontact/core'
import {
  type AdapterContactMethods,
  type AdapterContext,
  type AdapterItemResult,
  type AdapterPageQuery,
  type ContactMethodChange,
  createOnce,
  cursorListing,
  itemError,
  sameJson,
  sendItems,
} from '@anycontact/core/adapter-kit'
import { type ContactMethodRequests, MAX_ITEMS, MAX_LIMIT } from './api/contact-methods/index.ts'
import { codeOf, PROVIDER } from './api/errors.ts'
import type { ContactMethodCreate, ContactMethodUpdate } from './api/types.ts'
import { type ContactMethodRecord, type ItemAnswer, type ItemError, readRecord } from './api/wire.ts'
import { ofClient } from './lookup.ts'
import { byAge, toMethod } from './mapping.ts'
import { isRefusedNull } from './quirks/kept-external-id.ts'
import { removeKeys } from './quirks/merged-metadata.ts'
import { readOrNone } from './quirks/other-path.ts'
import { applySteps, changeOf, newMethod, planMethods } from './writes/index.ts'

type Group = Required<AdapterContactMethods>

/** The single contact methods of clients. */
export function createGroup(requests: ContactMethodRequests): Group {
  return {
    list: list(requests),
    get: async (id, { call }) => toMethod(await requests.retrieve(id, call)),
    getByExternalId: async (externalId, { call }) =>
      toMethod(await requests.retrieveByExternalId(externalId, call)),
    getByMetadata: async (key, value, { call }) =>
      toMethod(await requests.retrieveByMetadata(key, value, call)),
    create: create(requests),
    createMany: createMany(requests),
    update: update(requests),
    delete: (id, { call }) => requests.delete(id, call),
    async getPrimary(clientId, type, { call }) {
      const record = await requests.getPrimary(clientId, type, call)
      return record && toMethod(ofClient(clientId, record))
    },
    setPrimary: async (id, { call }) => toMethod(await requests.update(id, { isPrimary: true }, call)),
    sync: sync(requests),
  }
}

function list(requests: ContactMethodRequests): Group['list'] {
  const { page } = cursorListing<ContactMethod, AdapterPageQuery & { readonly clientId: string }>({
    maxPageSize: MAX_LIMIT,
    read: (place, { clientId }, { call }) => requests.listByClient(clientId, place, call),
    map: (value, index, { clientId }) => readMethod(value, index, clientId),
  })
  return (clientId, query, context) => page({ ...query, clientId }, context)
}

function readMethod(value: unknown, index: number, clientId: string): ContactMethod {
  return toMethod(ofClient(clientId, readRecord(value, `data.${index}`)))
}

/** Creates a method; when the answer is lost and there is an external id, it is looked up by that. */
function create(requests: ContactMethodRequests): Group['create'] {
  return async (clientId, input, context) => {
    const { call } = context
    const fields = newMethod(input, context)
    const { externalId, type, value } = fields
    // Nothing else would tell the new method from others.
    const key = externalId !== undefined && {
      // That the vendor takes an external id once is not published.
      isUnique: false,
      find: () => requests.retrieveByExternalId(externalId, call),
      // One of another client, or with another value, was there before.
      isOurs: (found: ContactMethodRecord) =>
        found.clientId === clientId && found.type === type && found.value === value,
    }
    const send = (): Promise<ContactMethodRecord> => requests.create({ clientId, ...fields }, call)
    const { made } = await createOnce({ call, send, key: key || undefined })
    return toMethod(ofClient(clientId, made))
  }
}

function createMany(requests: ContactMethodRequests): Group['createMany'] {
  return (clientId, inputs, { atomic }, context) =>
    sendItems(inputs, {
      maxItems: MAX_ITEMS,
      atomic,
      map: (input): ContactMethodCreate => ({ clientId, ...newMethod(input, context) }),
      send: (items) => requests.batch('createMany', items, atomic, context.call),
      read: (answers, items) =>
        answers.map((answer, index) => answer && readItem(answer, items[index], index, clientId, context)),
    })
}

/** Reads what became of an item. One that cannot be read says nothing about the others, and was written. */
function readItem(
  answer: ItemAnswer,
  item: unknown,
  index: number,
  clientId: string,
  context: AdapterContext,
): AdapterItemResult<ContactMethod> {
  if ('error' in answer) return { error: refusal(answer.error, item, context) }
  try {
    return { value: readMethod(answer.data, index, clientId) }
  } catch (error) {
    return { error: context.call.failure(error) }
  }
}

/** The vendor may tell no more than a message, whose words then say what kind of refusal it is. */
function refusal(error: ItemError, item: unknown, { call }: AdapterContext): ContactsError {
  const { message, code: vendorCode } = error
  const code = (vendorCode === undefined ? undefined : codeOf(vendorCode)) ?? codeByWords(message)
  return itemError({ provider: PROVIDER, call, item, message, code, vendorCode })
}

function codeByWords(message: string): ContactsErrorCode {
  if (/not found/i.test(message)) return 'not_found'
  if (/already (?:exists|in use|taken)|conflict|duplicate|unique/i.test(message)) return 'conflict'
  if (/permission|forbidden/i.test(message)) return 'forbidden'
  return 'invalid_input'
}

/** Changes a method. Custom fields are merged and verification is compared, so with those it is read first. */
function update(requests: ContactMethodRequests): Group['update'] {
  return async (id, patch, context) => {
    const { customFields, verified, verifiedAt, ...plain } = patch
    const needsRecord = customFields !== undefined || verified !== undefined || verifiedAt !== undefined
    if (!needsRecord && Object.keys(plain).length > 0) {
      return toMethod(await sendUpdate(requests, id, plainFields(plain), context))
    }
    const record = await requests.retrieve(id, context.call)
    const step = changeOf(record, patch, context)
    if (!step) return toMethod(record)
    const updated = await sendUpdate(requests, id, step.fields, context)
    return toMethod(await removeKeys(requests, updated, step.removed, context))
  }
}

function plainFields({ type, value, primary, label, externalId }: ContactMethodChange): ContactMethodUpdate {
  return {
    ...(type !== undefined && { type }),
    ...(value !== undefined && { value }),
    ...(primary !== undefined && { isPrimary: primary }),
    // Text is what the published type takes; empty text reads as none.
    ...(label !== undefined && { label: label ?? '' }),
    ...(externalId !== undefined && { externalId }),
  }
}

async function sendUpdate(
  requests: ContactMethodRequests,
  id: string,
  fields: ContactMethodUpdate,
  { call, dropField }: AdapterContext,
): Promise<ContactMethodRecord> {
  try {
    return await requests.update(id, fields, call)
  } catch (error) {
    if (!isRefusedNull(error, [fields])) throw error
    dropField('externalId', 'the provider can replace an external id, but not remove it')
    const { externalId: _cleared, ...rest } = fields
    return Object.keys(rest).length === 0 ? requests.retrieve(id, call) : requests.update(id, rest, call)
  }
}

/** Makes a client's methods be these; none is allowed here, and leaves the client without any. */
function sync(requests: ContactMethodRequests): Group['sync'] {
  return async (clientId, methods, context) => {
    const present = await readOrNone(requests, clientId, context)
    const write = { contactMethods: [...methods] }
    const steps = planMethods(present, write, context)
    const stored = await applySteps(requests, { clientId, present, write, steps }, context)
    const before = new Map(present.map((record) => [record.id, toMethod(record)]))
    const after = [...stored].sort(byAge)
    const kept = new Set(after.map(({ id }) => id))
    const isChanged = (record: ContactMethodRecord): boolean => {
      const old = before.get(record.id)
      return old !== undefined && !sameJson(old, toMethod(record))
    }
    return {
      created: after.filter(({ id }) => !before.has(id)).map(toMethod),
      updated: after.filter(isChanged).map(toMethod),
      deleted: present.map(({ id }) => id).filter((id) => !kept.has(id)),
    }
  }
}
