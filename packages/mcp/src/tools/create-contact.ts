import { ContactsError, type RefKey } from '@anycontact/core'
import type { ContactWrite } from '@anycontact/core/adapter-kit'
import * as v from 'valibot'
import type { Answer } from '../answer/answer.ts'
import { wholeRow } from '../answer/contact-row.ts'
import { checkAllShown, previewRows } from '../changes/difference.ts'
import { keysTaken, uncheckedKeys } from '../changes/keys-taken.ts'
import { type State, seen } from '../changes/state.ts'
import { lookupOf } from '../lookup.ts'
import { type Tool, tool } from './tool.ts'
import { checkedWrite, writeEntry } from './write-entries.ts'
import {
  ADDS,
  applyTool,
  heldKeys,
  PREVIEWS,
  previewHead,
  Warnings,
  type WriteWorkshop,
} from './write-tools.ts'

const APPLY = 'apply_create_contact'

/** Makes the tools that create a contact, where the client can. */
export function createTools({ contacts, settings, changes }: WriteWorkshop): Tool[] {
  if (!contacts.supports('create')) return []
  const client = contacts
  const { provider, capabilities } = client
  const lookup = lookupOf(contacts, settings.scan)
  const entries = { contact: writeEntry(contacts, capabilities.create, 'create') }
  const read = async (write: ContactWrite, signal: AbortSignal): Promise<State> => ({
    taken: await keysTaken(lookup, write, undefined, signal),
  })
  const preview = tool({
    name: 'preview_create_contact',
    title: 'Preview a new contact',
    description: `Shows the contact that would be created at ${provider}, and whether one with its keys is there already. Writes nothing: the answer has a token for ${APPLY}.`,
    input: v.strictObject(entries),
    annotations: PREVIEWS,
    async run(args, { signal }) {
      const write = checkedWrite(args.contact)
      const rows = previewRows(undefined, write)
      checkAllShown(rows, settings)
      const state = await read(write, signal)
      refuseTaken(state.taken)
      const { token, expiresInSeconds } = changes.open({
        tool: APPLY,
        args,
        state: seen(state),
        read: (later) => read(write, later),
        commit: (_state, later) => commit(write, later),
      })
      const head = previewHead('create', { token, expiresInSeconds })
      return { head: { ...head, ...remarks(state.taken, uncheckedKeys(lookup, write)) }, rows }
    },
  })

  async function commit(write: ContactWrite, signal: AbortSignal): Promise<Answer> {
    const warnings = new Warnings()
    const contact = await client.create(write, warnings.options(signal))
    return { head: { done: 'created', ...warnings.head }, rows: [wholeRow(contact, settings)] }
  }

  const apply = applyTool(changes, {
    name: APPLY,
    title: 'Create a contact',
    description:
      'Creates the contact of a preview. The token works once; what was previewed is looked up again before.',
    entries,
    annotations: ADDS,
  })
  return [preview, apply]
}

/** An id of the caller's, and the provider's, belong to one contact. */
function refuseTaken(taken: State['taken']): void {
  const key = (['id', 'externalId'] as const).find((name) => (taken[name] ?? 'none') !== 'none')
  if (key === undefined) return
  throw new ContactsError({
    code: 'conflict',
    message: `A contact with this ${key} is there already. Nothing was written: change that contact instead.`,
  })
}

function remarks(taken: State['taken'], unchecked: readonly RefKey[]): Answer['head'] {
  return {
    ...heldKeys(taken),
    ...(unchecked.length > 0 && {
      notChecked: `Whether a contact with the same ${unchecked.join(' or ')} is there already is not known.`,
    }),
  }
}
