import type * as v from 'valibot'
import { type EntriesOf, requiredText, writtenObject } from './written.ts'

/** A comment as a caller writes it, and as an adapter gets it once it is checked. */
export interface CommentInput {
  /** The remark itself. */
  text: string
}

/** Checks a comment as it is written. */
export const CommentInputSchema: v.GenericSchema<CommentInput> = writtenObject(
  { text: requiredText } satisfies EntriesOf<CommentInput>,
  () => 'is not a field of a comment, which has its text alone',
)
