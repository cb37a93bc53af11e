import type { Contact, RefKey } from '@anycontact/core'
import type { ContactWrite } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import type { Answer } from '../answer/answer.ts'
import { contactRow, wholeRow } from '../answer/contact-row.ts'
import { changedPart, checkAllShown, previewRows } from '../changes/difference.ts'
import { keysTaken } from '../changes/keys-taken.ts'
import { type State, seen } from '../changes/state.ts'
import { type Lookup, lookupOf } from '../lookup.ts'
import { contactEntries, keysSentence, notThere } from './get-contact.ts'
import { type Tool, tool } from './tool.ts'
import { checkedWrite, writeEntry } from './write-entries.ts'
import {
  applyTool,
  heldKeys,
  OVERWRITES,
  PREVIEWS,
  previewHead,
  Warnings,
  type WriteWorkshop,
} from './write-tools.ts'

const APPLY = 'apply_update_contact'

/** Makes the tools that change a contact, where the client can. */
export function updateTools({ contacts, settings, changes }: WriteWorkshop): Tool[] {
  const found = lookupOf(contacts, settings.scan)
  if (!contacts.supports('update') || !found) return []
  const lookup: Lookup = found
  const client = contacts
  const { provider, capabilities } = client
  const entries = {
    ...contactEntries(lookup.keys),
    changes: writeEntry(contacts, capabilities.update, 'update'),
  }

  async function read(by: RefKey, value: string, write: ContactWrite, signal: AbortSignal): Promise<State> {
    const contact = await lookup.find(by, value, signal)
    const taken = await keysTaken(lookup, write, contact?.id, signal)
    return { contact, taken }
  }

  async function commit(
    contact: Contact | undefined,
    write: ContactWrite,
    signal: AbortSignal,
  ): Promise<Answer> {
    if (!contact) throw notThere('id')
    const warnings = new Warnings()
    const stored = await client.update(contact, write, warnings.options(signal))
    return { head: { done: 'updated', ...warnings.head }, rows: [wholeRow(stored, settings)] }
  }

  const preview = tool({
    name: 'preview_update_contact',
    title: 'Preview a change of a contact',
    description: `Shows what a change of a contact of ${provider} would make different, field by field. Writes nothing: the answer has a token for ${APPLY}.${keysSentence(provider, lookup)}`,
    input: v.strictObject(entries),
    annotations: PREVIEWS,
    async run(args, { signal }) {
      const { by, value } = args
      const asked = checkedWrite(args.changes)
      const contact = await lookup.find(by, value, signal)
      if (!contact) throw notThere(by)
      const write = changedPart(contact, asked)
      const whom = contactRow(contact)
      if (!write) return { head: { preview: 'update', message: 'Nothing would change.' }, rows: [whom] }
      const rows = [whom, ...previewRows(contact, write)]
      checkAllShown(rows, settings)
      const state = { contact, taken: await keysTaken(lookup, write, contact.id, signal) }
      const opened = changes.open({
        tool: APPLY,
        args,
        state: seen(state),
        read: (later) => read(by, value, write, later),
        commit: (now, later) => commit(now.contact, write, later),
      })
      return { head: { ...previewHead('update', opened), ...heldKeys(state.taken) }, rows }
    },
  })
  const apply = applyTool(changes, {
    name: APPLY,
    title: 'Change a contact',
    description:
      'Makes the change of a preview. The token works once; the contact is read again before, and when anything in it has changed the change is refused.',
    entries,
    annotations: OVERWRITES,
  })
  return [preview, apply]
}
