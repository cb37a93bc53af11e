import type { AdapterPage, AdapterPageQuery } from '../adapter/adapter.ts'
import type { AdapterContext } from '../adapter/context.ts'
import { ContactsError } from '../errors.ts'
import type { ContactMethod, ContactMethodInput, ContactMethodWrite } from '../model/contact-method.ts'
import type { CallOptions } from '../model/query.ts'
import type { ContactRef } from '../model/ref.ts'
import { createPager, type Pager } from '../pager.ts'
import { type BatchOptions, type BatchRun, createBatchRun, type ItemSource } from './batch.ts'
import { failureOf, runNatively, wholeSource } from './batches.ts'
import { getContact } from './lookup.ts'
import { createContext, nativeMethod, perform, type Runtime } from './runtime.ts'
import type {
  ActivitiesGroup,
  AvatarGroup,
  CommentsGroup,
  ContactMethodsGroup,
  ConversationsGroup,
  FilesGroup,
  LookupOptions,
  NotificationsGroup,
  PageQuery,
} from './types.ts'
import { checkMethod, checkMethodPatch, checkMethods } from './validate.ts'

/** Every group of operations, over whatever the adapter has of it. */
export interface Groups {
  readonly conversations: ConversationsGroup
  readonly comments: CommentsGroup
  readonly files: FilesGroup
  readonly activities: ActivitiesGroup
  readonly avatar: AvatarGroup
  readonly notifications: NotificationsGroup
  readonly contactMethods: ContactMethodsGroup
}

type FetchPage<Item> = (query: AdapterPageQuery, context: AdapterContext) => Promise<AdapterPage<Item>>

/** Makes the groups of a client. */
export function createGroups(runtime: Runtime): Groups {
  const { adapter } = runtime
  return {
    conversations: {
      list: (ref, query = {}) => {
        const list = nativeMethod(
          runtime,
          'conversations.list',
          adapter.conversations?.list?.bind(adapter.conversations),
        )
        return listOf(
          runtime,
          'conversations.list',
          ref,
          query,
          (id) => (page, context) => list(id, { ...page, channelTypes: query.channelTypes }, context),
        )
      },
    },
    comments: {
      list: (ref, query = {}) => {
        const list = nativeMethod(runtime, 'comments.list', adapter.comments?.list?.bind(adapter.comments))
        return listOf(
          runtime,
          'comments.list',
          ref,
          query,
          (id) => (page, context) => list(id, { ...page, channelTypes: query.channelTypes }, context),
        )
      },
    },
    files: {
      list: (ref, query = {}) => {
        const list = nativeMethod(runtime, 'files.list', adapter.files?.list?.bind(adapter.files))
        return listOf(runtime, 'files.list', ref, query, (id) => (page, context) => list(id, page, context))
      },
    },
    activities: {
      list: (conversationId, query = {}) => {
        const list = nativeMethod(
          runtime,
          'activities.list',
          adapter.activities?.list?.bind(adapter.activities),
        )
        return pagesOf(runtime, 'activities.list', query, async (page, context) =>
          list(checkId(conversationId, 'conversation'), page, context),
        )
      },
    },
    avatar: {
      upload: (source, options = {}) =>
        perform(runtime, 'avatar.upload', () => {
          const upload = nativeMethod(runtime, 'avatar.upload', adapter.avatar?.upload?.bind(adapter.avatar))
          return upload(source, createContext(runtime, { ...options, operation: 'avatar.upload' }))
        }),
    },
    notifications: notificationsGroup(runtime),
    contactMethods: contactMethodsGroup(runtime),
  }
}

function notificationsGroup(runtime: Runtime): NotificationsGroup {
  const group = runtime.adapter.notifications
  return {
    list: (query = {}) => {
      const list = nativeMethod(runtime, 'notifications.list', group?.list?.bind(group))
      return pagesOf(runtime, 'notifications.list', query, list)
    },
    markRead: (ids, options) =>
      call(runtime, 'notifications.markRead', group?.markRead?.bind(group), options, (markRead, context) =>
        markRead(
          ids?.map((id) => checkId(id, 'notification')),
          context,
        ),
      ),
    dismiss: (id, options) =>
      call(runtime, 'notifications.dismiss', group?.dismiss?.bind(group), options, (dismiss, context) =>
        dismiss(checkId(id, 'notification'), context),
      ),
    dismissAll: (options) =>
      call(
        runtime,
        'notifications.dismissAll',
        group?.dismissAll?.bind(group),
        options,
        (dismissAll, context) => dismissAll(context),
      ),
  }
}

function contactMethodsGroup(runtime: Runtime): ContactMethodsGroup {
  const group = runtime.adapter.contactMethods
  return {
    list: (ref, query = {}) => {
      const list = nativeMethod(runtime, 'contactMethods.list', group?.list?.bind(group))
      return listOf(
        runtime,
        'contactMethods.list',
        ref,
        query,
        (id) => (page, context) => list(id, page, context),
      )
    },
    get: (id, options) =>
      call(runtime, 'contactMethods.get', group?.get?.bind(group), options, (get, context) =>
        get(checkId(id, 'contact method'), context),
      ),
    getByExternalId: (externalId, options) =>
      call(
        runtime,
        'contactMethods.getByExternalId',
        group?.getByExternalId?.bind(group),
        options,
        (get, context) => get(checkId(externalId, 'contact method'), context),
      ),
    getByMetadata: (key, value, options) =>
      call(
        runtime,
        'contactMethods.getByMetadata',
        group?.getByMetadata?.bind(group),
        options,
        (get, context) => get(...checkMetadata(key, value), context),
      ),
    create: (ref, input, options) =>
      call(runtime, 'contactMethods.create', group?.create?.bind(group), options, async (create, context) =>
        create(await contactId(runtime, 'contactMethods.create', ref, options), checkMethod(input), context),
      ),
    createMany: (ref, inputs, options) => createMethods(runtime, ref, inputs, options),
    update: (id, patch, options) =>
      call(runtime, 'contactMethods.update', group?.update?.bind(group), options, (update, context) =>
        update(checkId(id, 'contact method'), checkMethodPatch(patch), context),
      ),
    delete: (id, options) =>
      call(runtime, 'contactMethods.delete', group?.delete?.bind(group), options, (remove, context) =>
        remove(checkId(id, 'contact method'), context),
      ),
    getPrimary: (ref, type, options) =>
      call(
        runtime,
        'contactMethods.getPrimary',
        group?.getPrimary?.bind(group),
        options,
        async (get, context) =>
          get(await contactId(runtime, 'contactMethods.getPrimary', ref, options), type, context),
      ),
    setPrimary: (id, options) =>
      call(runtime, 'contactMethods.setPrimary', group?.setPrimary?.bind(group), options, (set, context) =>
        set(checkId(id, 'contact method'), context),
      ),
    sync: (ref, methods, options) =>
      call(runtime, 'contactMethods.sync', group?.sync?.bind(group), options, async (sync, context) =>
        sync(await contactId(runtime, 'contactMethods.sync', ref, options), checkMethods(methods), context),
      ),
  }
}

/** The most contact methods that are added in one request. */
const MAX_METHODS = 250

function createMethods(
  runtime: Runtime,
  ref: ContactRef,
  inputs: ItemSource<ContactMethodInput>,
  options: BatchOptions & LookupOptions = {},
): BatchRun<{ readonly contactMethod: ContactMethod }> {
  const operation = 'contactMethods.createMany'
  const group = runtime.adapter.contactMethods
  const create = nativeMethod(runtime, operation, group?.createMany?.bind(group))
  const { signal, atomic = false } = options
  const context = createContext(runtime, { ...options, operation })
  const failed = failureOf<{ readonly contactMethod: ContactMethod }>(runtime, operation, signal)
  return createBatchRun({
    source: atomic ? wholeSource(inputs, MAX_METHODS) : inputs,
    options,
    defaultConcurrency: 1,
    chunkSize: MAX_METHODS,
    run: (chunk) =>
      perform(runtime, operation, async () => {
        const id = await contactId(runtime, operation, ref, options)
        return runNatively(chunk, atomic, failed, {
          prepare: checkMethod,
          send: (items: readonly ContactMethodWrite[]) => create(id, items, { atomic }, context),
          read: (contactMethod) => ({ contactMethod }),
        })
      }),
  })
}

function call<Method, Result>(
  runtime: Runtime,
  operation: string,
  method: Method | undefined,
  options: CallOptions | undefined,
  run: (method: Method, context: AdapterContext) => Promise<Result>,
): Promise<Result> {
  return perform(runtime, operation, () =>
    run(nativeMethod(runtime, operation, method), createContext(runtime, { ...options, operation })),
  )
}

/** A listing below a contact: the reference is looked up once, on first use. */
function listOf<Item>(
  runtime: Runtime,
  operation: string,
  ref: ContactRef,
  query: PageQuery & LookupOptions,
  fetchFor: (contactId: string) => FetchPage<Item>,
): Pager<Item> {
  let id: Promise<string> | undefined
  return pagesOf(runtime, operation, query, async (page, context) => {
    id ??= contactId(runtime, operation, ref, query)
    return fetchFor(await id)(page, context)
  })
}

function pagesOf<Item>(
  runtime: Runtime,
  operation: string,
  query: PageQuery,
  fetchPage: FetchPage<Item>,
): Pager<Item> {
  return createPager<Item>({
    cursor: query.cursor,
    signal: query.signal,
    fetchPage: (cursor, signal) =>
      perform(runtime, operation, async () => {
        const context = createContext(runtime, { ...query, operation, signal })
        const page = await fetchPage({ pageSize: query.pageSize, cursor }, context)
        return {
          items: [...page.items],
          ...(page.nextCursor !== undefined && { nextCursor: page.nextCursor }),
          ...(page.total !== undefined && { total: page.total }),
          ...(page.extra && { extra: page.extra }),
        }
      }),
  })
}

async function contactId(
  runtime: Runtime,
  operation: string,
  ref: ContactRef,
  options: LookupOptions | undefined,
): Promise<string> {
  if (typeof ref === 'string') return checkId(ref, 'contact')
  if (
    'id' in ref &&
    typeof ref.id === 'string' &&
    !('provider' in ref && ref.provider !== runtime.adapter.provider)
  ) {
    return checkId(ref.id, 'contact')
  }
  const contact = await getContact(runtime, ref, { ...options, operation })
  return contact.id
}

function checkId(id: unknown, what: string): string {
  if (typeof id === 'string' && id.trim() !== '') return id
  throw new ContactsError({
    code: 'invalid_input',
    message: `Give the id of a ${what}: a string that is not blank.`,
  })
}

function checkMetadata(key: unknown, value: unknown): [key: string, value: string] {
  if (typeof key === 'string' && key !== '' && typeof value === 'string') return [key, value]
  throw new ContactsError({
    code: 'invalid_input',
    message: 'Give the key of a custom field, which must not be empty, and its value; both are strings.',
  })
}
