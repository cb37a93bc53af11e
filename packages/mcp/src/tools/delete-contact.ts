import * as v from 'valibot'
import { contactRow, wholeRow } from '../answer/contact-row.ts'
import { seen } from '../changes/state.ts'
import { lookupOf } from '../lookup.ts'
import { contactEntries, keysSentence, notThere } from './get-contact.ts'
import { type Tool, tool } from './tool.ts'
import { applyTool, OVERWRITES, PREVIEWS, previewHead, type WriteWorkshop } from './write-tools.ts'

const APPLY = 'apply_delete_contact'

/** Makes the tools that delete a contact, where the client can. */
export function deleteTools({ contacts, settings, changes }: WriteWorkshop): Tool[] {
  const lookup = lookupOf(contacts, settings.scan)
  if (!contacts.supports('delete') || !lookup) return []
  const client = contacts
  const { provider } = client
  const entries = contactEntries(lookup.keys)
  const preview = tool({
    name: 'preview_delete_contact',
    title: 'Preview a deletion',
    description: `Shows the contact of ${provider} that would be deleted. Deletes nothing: the answer has a token for ${APPLY}.${keysSentence(provider, lookup)}`,
    input: v.strictObject(entries),
    annotations: PREVIEWS,
    async run(args, { signal }) {
      const { by, value } = args
      const contact = await lookup.find(by, value, signal)
      if (!contact) throw notThere(by)
      const opened = changes.open({
        tool: APPLY,
        args,
        state: seen({ contact, taken: {} }),
        read: async (later) => ({ contact: await lookup.find(by, value, later), taken: {} }),
        async commit(now, later) {
          if (!now.contact) throw notThere(by)
          await client.delete(now.contact, { signal: later })
          return { head: { done: 'deleted' }, rows: [contactRow(now.contact)] }
        },
      })
      return { head: previewHead('delete', opened), rows: [wholeRow(contact, settings)] }
    },
  })
  const apply = applyTool(changes, {
    name: APPLY,
    title: 'Delete a contact',
    description:
      'Deletes the contact of a preview, for good. The token works once; the contact is read again before, and when anything in it has changed the deletion is refused.',
    entries,
    annotations: OVERWRITES,
  })
  return [preview, apply]
}
