import type { AdapterContext } from '../adapter/context.ts'
import { type Hold, heldError } from '../call/hold.ts'
import { unlessGoneByUs } from '../call/unless-gone.ts'
import { CONTACT_METHOD_TYPES, type ContactMethod, type ContactMethodType } from '../model/contact-method.ts'
import type { ContactMethodInput, ContactMethodWrite } from '../model/contact-method-input.ts'
import type { ContactRef } from '../model/ref.ts'
import { BatchMemory } from './batch-memory.ts'
import { createTurns, failureOf, sendChunk } from './batch-route.ts'
import { createBatchRun } from './batch-run.ts'
import type { BatchOptions, BatchRun, ItemSource } from './batch-types.ts'
import { callGroup, checkId, checkText, contactIdOf, listBelowContact } from './group-calls.ts'
import type { ContactMethodsGroup } from './group-types.ts'
import { invalidInput } from './invalid-input.ts'
import { keyName } from './lookup.ts'
import { otherMethod } from './lookup-errors.ts'
import type { LookupOptions } from './options.ts'
import { type Call, createContext, nativeMethod, perform, type Runtime } from './runtime.ts'
import { confirmMethod } from './stored.ts'
import { checkMethod, checkMethodPatch, checkMethods, inTurn, withoutNotKept } from './writes.ts'

/** The most contact methods that are added in one request. */
const MAX_METHODS = 250

const METHOD = 'contact method'

/** Makes the group of the single addresses and numbers. */
export function createContactMethodsGroup(runtime: Runtime): ContactMethodsGroup {
  const { contactMethods: group } = runtime.adapter
  /** What writes to all of a contact's methods wait for each other by, and for those to the contact. */
  const keysOf = (id: string): string[] => [keyName(runtime.adapter, 'id', id)]
  const confirmed = (
    { call: scope }: AdapterContext,
    wanted: Partial<ContactMethodWrite>,
    stored: ContactMethod,
  ): ContactMethod => confirmMethod(runtime, { scope }, wanted, stored)
  /** Refuses an answer about another method than the one that was named. */
  const named = (method: ContactMethod, key: Pick<ContactMethod, 'id' | 'externalId'>): ContactMethod => {
    const isOther =
      (key.id ?? method.id) !== method.id || (key.externalId ?? method.externalId) !== method.externalId
    if (isOther) throw otherMethod(runtime)
    return method
  }
  return {
    list(ref, query = {}) {
      const list = nativeMethod(runtime, 'contactMethods.list', group?.list)
      return listBelowContact(runtime, 'contactMethods.list', ref, query, (id, page, context) =>
        list.call(group, id, page, context),
      )
    },
    get: (id, options) =>
      callGroup(runtime, 'contactMethods.get', group?.get, options, async (get, context) =>
        named(await get.call(group, checkId(id, METHOD), context), { id }),
      ),
    getByExternalId(externalId, options) {
      const operation = 'contactMethods.getByExternalId'
      return callGroup(runtime, operation, group?.getByExternalId, options, async (get, context) =>
        named(await get.call(group, checkText(externalId, 'an external id', 'externalId'), context), {
          externalId,
        }),
      )
    },
    getByMetadata(key, value, options) {
      const operation = 'contactMethods.getByMetadata'
      return callGroup(runtime, operation, group?.getByMetadata, options, async (get, context) => {
        checkText(key, 'the key of a custom field', 'key')
        checkText(value, 'the value of a custom field', 'value')
        const method = await get.call(group, key, value, context)
        if (String(method.customFields?.[key]) !== value) throw otherMethod(runtime)
        return method
      })
    },
    create(ref, input, options) {
      const operation = 'contactMethods.create'
      return callGroup(runtime, operation, group?.create, options, async (create, context) => {
        const checked = checkMethod(input)
        context.call.forbidRepeating()
        const id = await contactIdOf(runtime, ref, options, context.call)
        const stored = await inTurn(runtime, keysOf(id), context.call, () =>
          create.call(group, id, checked, context),
        )
        return confirmed(context, checked, stored)
      })
    },
    createMany: (ref, inputs, options) => createMethods(runtime, ref, inputs, options),
    update: (id, patch, options) =>
      callGroup(runtime, 'contactMethods.update', group?.update, options, async (update, context) => {
        const checked = checkMethodPatch(patch)
        const stored = await update.call(group, checkId(id, METHOD), checked, context)
        return confirmed(context, checked, named(stored, { id }))
      }),
    delete: (id, options) =>
      callGroup(runtime, 'contactMethods.delete', group?.delete, options, (remove, context) =>
        unlessGoneByUs(() => remove.call(group, checkId(id, METHOD), context)),
      ),
    getPrimary(ref, type, options) {
      const operation = 'contactMethods.getPrimary'
      return callGroup(runtime, operation, group?.getPrimary, options, async (get, context) => {
        const checked = checkType(type)
        const id = await contactIdOf(runtime, ref, options, context.call)
        const method = await get.call(group, id, checked, context)
        if (method && method.type !== checked) throw otherMethod(runtime)
        return method
      })
    },
    setPrimary: (id, options) =>
      callGroup(runtime, 'contactMethods.setPrimary', group?.setPrimary, options, async (set, context) => {
        const stored = await set.call(group, checkId(id, METHOD), context)
        return confirmed(context, { primary: true }, named(stored, { id }))
      }),
    sync(ref, methods, options) {
      const operation = 'contactMethods.sync'
      return callGroup(runtime, operation, group?.sync, options, async (sync, context) => {
        const checked = checkMethods(methods)
        const id = await contactIdOf(runtime, ref, options, context.call)
        const result = await inTurn(runtime, keysOf(id), context.call, () =>
          sync.call(group, id, checked, context),
        )
        for (const method of [...result.created, ...result.updated]) {
          const wanted = checked.find((one) => isSame(one, method))
          if (wanted) confirmed(context, wanted, method)
        }
        return result
      })
    },
  }
}

function createMethods(
  runtime: Runtime,
  ref: ContactRef,
  inputs: ItemSource<ContactMethodInput>,
  options: BatchOptions & LookupOptions = {},
): BatchRun<{ readonly contactMethod: ContactMethod }> {
  const operation = 'contactMethods.createMany'
  const { contactMethods: group } = runtime.adapter
  const create = nativeMethod(runtime, operation, group?.createMany)
  const { signal, atomic = false } = options
  const failed = failureOf<{ readonly contactMethod: ContactMethod }>(runtime, operation, signal)
  const hold: Hold = {}
  const batch = new BatchMemory()
  const inScope = <Result>(input: unknown, run: (call: Call) => Promise<Result>): Promise<Result> =>
    perform(runtime, operation, options, (scope) => run({ scope, batch }), input, hold)
  const turns = createTurns()
  let id: Promise<string> | undefined
  return createBatchRun({
    source: inputs,
    options,
    defaultConcurrency: 1,
    chunkSize: MAX_METHODS,
    inOneChunk: atomic,
    nameError: failed.named,
    held: () => heldError({ provider: runtime.adapter.provider, operation, clock: runtime.clock, hold }),
    async run(chunk) {
      id ??= inScope(ref, ({ scope }) => contactIdOf(runtime, ref, options, scope))
      const contactId = await id
      return sendChunk(chunk, {
        atomic,
        inScope,
        queue: runtime.queue,
        turns,
        keyOf: () => undefined,
        prepare: (input, call) => withoutNotKept(runtime, checkMethod(input), call),
        send: (items: readonly ContactMethodWrite[], call) => {
          call.scope.forbidRepeating()
          return inTurn(runtime, [keyName(runtime.adapter, 'id', contactId)], call.scope, () =>
            create.call(group, contactId, items, { atomic }, createContext(runtime, call)),
          )
        },
        read: async (contactMethod, wanted: ContactMethodWrite, call) => ({
          contactMethod: confirmMethod(runtime, call, wanted, contactMethod),
        }),
        failed: failed.result,
      })
    },
  })
}

/** Whether a method of a contact is the one that a write names. */
function isSame({ id, type, value }: ContactMethodWrite, method: ContactMethod): boolean {
  return id === undefined ? type === method.type && value === method.value : id === method.id
}

function checkType(type: ContactMethodType): ContactMethodType {
  if (CONTACT_METHOD_TYPES.includes(type)) return type
  throw invalidInput([{ path: 'type', message: `must be one of ${CONTACT_METHOD_TYPES.join(', ')}` }])
}
