/** How many characters an answer may have. */
export interface Budget {
  readonly maxAnswerLength: number
}

/** How many of them are for what the server itself says, at most. */
export const HEAD_ROOM = 2000
