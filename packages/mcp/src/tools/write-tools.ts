import type { ContactsWarning, PlainWriteOptions } from '@anycontact/core'
import * as v from 'valibot'
import type { Answer } from '../answer/answer.ts'
import { cutText } from '../answer/safe-text.ts'
import type { Changes } from '../changes/changes.ts'
import type { State } from '../changes/state.ts'
import { READS, type Tool, type ToolSpec, tool, type Workshop } from './tool.ts'

/** What tools that write are made of. */
export interface WriteWorkshop extends Workshop {
  readonly changes: Changes
}

/** A preview reads, and writes nothing; that it opens a token is seen by nobody else. */
export const PREVIEWS = READS

/**
 * Writes over what was there, or takes it away. A token works once, so a call that is made again has no more effect.
 */
export const OVERWRITES = {
  readOnlyHint: false,
  destructiveHint: true,
  idempotentHint: true,
  openWorldHint: true,
} as const

/** Adds something, and once only. */
export const ADDS = { ...OVERWRITES, destructiveHint: false } as const

const tokenEntry = {
  token: v.pipe(
    v.string(),
    v.description('The token of the preview. The other arguments are those of the preview.'),
  ),
}

/** Makes the tool that makes a change: it takes the token of a preview, and what that took. */
export function applyTool(
  changes: Changes,
  {
    entries,
    ...spec
  }: Pick<ToolSpec<unknown>, 'name' | 'title' | 'description' | 'annotations'> & {
    readonly entries: v.ObjectEntries
  },
): Tool {
  return tool({
    ...spec,
    input: v.strictObject({ ...entries, ...tokenEntry }),
    run: ({ token, ...args }, { signal }) => changes.apply(spec.name, token, args, signal),
  })
}

/** What a preview says beside what would change. */
export function previewHead(
  kind: 'create' | 'update' | 'delete',
  { token, expiresInSeconds }: { readonly token: string; readonly expiresInSeconds: number },
): Answer['head'] {
  return {
    preview: kind,
    token,
    expiresInSeconds,
    next: `Nothing was written yet. Show this to the user; when the user agrees, call apply_${kind}_contact with the token and the same arguments.`,
  }
}

/** Collects what a write had to be said of. */
export class Warnings {
  readonly #messages: string[] = []

  /** The options of the write: no field is left out in silence, whatever the client was made with. */
  options(signal: AbortSignal): PlainWriteOptions {
    const onWarning = ({ message }: ContactsWarning): void => void this.#messages.push(message)
    return { signal, onWarning, unsupportedFields: 'throw' }
  }

  get head(): Answer['head'] {
    return this.#messages.length === 0 ? {} : { warning: cutText(this.#messages.join(' '), 500).text }
  }
}

/** Says which keys another contact has already. */
export function heldKeys(taken: State['taken']): Answer['head'] {
  const held = Object.entries(taken).flatMap(([key, holder]) => (holder === 'none' ? [] : [key]))
  if (held.length === 0) return {}
  return {
    warning: `There is another contact with the same ${held.join(' and ')}: look at it with get_contact before you go on.`,
  }
}
