import { unlessGoneByUs } from '../call/unless-gone.ts'
import type { Comment } from '../model/records.ts'
import { callGroup, checkId, contactIdOf, listBelowContact } from './group-calls.ts'
import type { CommentsGroup } from './group-types.ts'
import { otherComment } from './lookup-errors.ts'
import { nativeMethod, type Runtime } from './runtime.ts'
import { compareText } from './spelling.ts'
import { report } from './stored.ts'
import { checkComment } from './writes.ts'

/** Makes the group of the comments about contacts. */
export function createCommentsGroup(runtime: Runtime): CommentsGroup {
  const { comments: group } = runtime.adapter
  return {
    list(ref, query = {}) {
      const { channelTypes } = query
      const list = nativeMethod(runtime, 'comments.list', group?.list)
      return listBelowContact(runtime, 'comments.list', ref, query, (id, page, context) =>
        list.call(group, id, { ...page, channelTypes }, context),
      )
    },
    create: (ref, input, options) =>
      callGroup(runtime, 'comments.create', group?.create, options, async (create, context) => {
        const checked = checkComment(input)
        const id = await contactIdOf(runtime, ref, options, context.call)
        // A comment has no key: whoever sends it again makes a second one.
        context.call.forbidRepeating()
        const stored: Comment = await create.call(group, id, checked, context)
        if ((stored.contactId ?? id) !== id) throw otherComment(runtime)
        const kind = compareText('note', checked.text, stored.text, undefined)
        const deviations = kind === undefined ? [] : [{ path: 'text', kind }]
        report(runtime, { scope: context.call }, stored.id, deviations, true, 'comment', 'delete it')
        return stored
      }),
    delete: (ref, commentId, options) =>
      callGroup(runtime, 'comments.delete', group?.delete, options, async (remove, context) => {
        const checked = checkId(commentId, 'comment', 'commentId')
        const id = await contactIdOf(runtime, ref, options, context.call)
        await unlessGoneByUs(() => remove.call(group, id, checked, context))
      }),
  }
}
