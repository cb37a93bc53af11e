import type { UploadSource } from '../adapter/group-contract.ts'
import { unlessGoneByUs } from '../call/unless-gone.ts'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { holds, readGiven, readMembers, textProblem } from '../model/json.ts'
import { createCommentsGroup } from './comments-group.ts'
import { createContactMethodsGroup } from './contact-methods-group.ts'
import { callGroup, checkId, listBelowContact, listGroup } from './group-calls.ts'
import type {
  ActivitiesGroup,
  AvatarGroup,
  CommentsGroup,
  ContactMethodsGroup,
  ConversationsGroup,
  FilesGroup,
  NotificationsGroup,
} from './group-types.ts'
import { invalidInput } from './invalid-input.ts'
import { nativeMethod, type Runtime } from './runtime.ts'

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

/** Makes the groups of a client. */
export function createGroups(runtime: Runtime): Groups {
  return {
    conversations: conversationsGroup(runtime),
    comments: createCommentsGroup(runtime),
    files: filesGroup(runtime),
    activities: activitiesGroup(runtime),
    avatar: avatarGroup(runtime),
    notifications: notificationsGroup(runtime),
    contactMethods: createContactMethodsGroup(runtime),
  }
}

function conversationsGroup(runtime: Runtime): ConversationsGroup {
  const { conversations } = runtime.adapter
  return {
    list(ref, query = {}) {
      const { channelTypes } = query
      const list = nativeMethod(runtime, 'conversations.list', conversations?.list)
      return listBelowContact(runtime, 'conversations.list', ref, query, (id, page, context) =>
        list.call(conversations, id, { ...page, channelTypes }, context),
      )
    },
  }
}

function filesGroup(runtime: Runtime): FilesGroup {
  const { files } = runtime.adapter
  return {
    list(ref, query = {}) {
      const list = nativeMethod(runtime, 'files.list', files?.list)
      return listBelowContact(runtime, 'files.list', ref, query, (id, page, context) =>
        list.call(files, id, page, context),
      )
    },
  }
}

function activitiesGroup(runtime: Runtime): ActivitiesGroup {
  const { activities } = runtime.adapter
  return {
    list(conversationId, query = {}) {
      const list = nativeMethod(runtime, 'activities.list', activities?.list)
      return listGroup(runtime, 'activities.list', query, async (page, context) =>
        list.call(activities, checkId(conversationId, 'conversation', 'conversationId'), page, context),
      )
    },
  }
}

function avatarGroup(runtime: Runtime): AvatarGroup {
  const { avatar } = runtime.adapter
  return {
    upload: (source, options) =>
      callGroup(runtime, 'avatar.upload', avatar?.upload, options, (upload, context) =>
        upload.call(avatar, readUpload(source), context),
      ),
  }
}

function notificationsGroup(runtime: Runtime): NotificationsGroup {
  const { notifications } = runtime.adapter
  return {
    list(query = {}) {
      const list = nativeMethod(runtime, 'notifications.list', notifications?.list)
      return listGroup(runtime, 'notifications.list', query, (page, context) =>
        list.call(notifications, page, context),
      )
    },
    markRead: (ids, options) =>
      callGroup(
        runtime,
        'notifications.markRead',
        notifications?.markRead,
        options,
        async (markRead, context) => {
          const checked = ids === undefined ? undefined : checkIds(ids)
          // None is not all, which is what a provider may take an empty list for.
          if (checked?.length !== 0) await markRead.call(notifications, checked, context)
        },
      ),
    dismiss: (id, options) =>
      callGroup(runtime, 'notifications.dismiss', notifications?.dismiss, options, (dismiss, context) =>
        unlessGoneByUs(() => dismiss.call(notifications, checkId(id, 'notification'), context)),
      ),
    dismissAll: (options) =>
      callGroup(
        runtime,
        'notifications.dismissAll',
        notifications?.dismissAll,
        options,
        (dismissAll, context) => dismissAll.call(notifications, context),
      ),
  }
}

function checkIds(given: unknown): string[] {
  const { value: ids, problem } = readGiven(given)
  if (problem) throw invalidInput([{ path: ['ids', ...problem.path].join('.'), message: problem.message }])
  if (Array.isArray(ids)) return ids.map((id, index) => checkId(id, 'notification', `ids.${index}`))
  throw new ContactsError({
    code: 'invalid_input',
    message: 'Give the ids of notifications as an array, or leave them out for all.',
    issues: [{ path: 'ids', message: 'must be an array' }],
  })
}

/** Reads a file to upload once; its bytes are left as they are. */
function readUpload(given: unknown): UploadSource {
  if (isBlob(given)) return { data: given }
  const { value: { data, name, type, ...others } = {}, problem } = readMembers(given)
  const issues = [
    ...(problem ? [{ path: problem.path.join('.'), message: problem.message }] : []),
    ...(problem || isData(data) ? [] : [{ path: 'data', message: BYTES }]),
    ...textIssues({ name, type }),
    ...Object.keys(others).map((path) => ({ path, message: 'is none of data, name, type' })),
  ]
  if (isData(data) && issues.length === 0) {
    return {
      data,
      ...(typeof name === 'string' && { name }),
      ...(typeof type === 'string' && { type }),
    }
  }
  throw new ContactsError({
    code: 'invalid_input',
    message:
      'Give a Blob or File; or { data }: a Blob, an ArrayBuffer, a Uint8Array or a ReadableStream of bytes; and maybe its name and type.',
    issues,
  })
}

const BYTES = 'must be a Blob, an ArrayBuffer, a Uint8Array or a ReadableStream of bytes'

const isBlob = (data: unknown): data is Blob => holds(() => data instanceof Blob)

const isData = (data: unknown): data is UploadSource['data'] =>
  holds(() => [Blob, ArrayBuffer, Uint8Array, ReadableStream].some((kind) => data instanceof kind))

function textIssues(texts: Readonly<Record<string, unknown>>): ContactsErrorIssue[] {
  return Object.entries(texts).flatMap(([path, text]) => {
    if (text === undefined) return []
    const message = typeof text === 'string' ? textProblem(text) : 'must be a string'
    return message === undefined ? [] : [{ path, message }]
  })
}
