import { type Clock, ContactsError } from '@anycontact/core'
import { systemClock } from '@anycontact/core/adapter-kit'
import { type RandomBytes, secureBytes } from './random-text.ts'

/** How contacts are offered as tools. */
export interface ContactsServerOptions {
  /**
   * Whether there are tools that write. Each write takes two calls: a preview of what it would change, and what does it.
   * @default false
   */
  readonly write?: boolean | undefined
  /**
   * Whether a contact may be looked up by reading the whole listing, by a key that the provider has no lookup for.
   * @default false
   */
  readonly scan?: boolean | undefined
  /**
   * How many characters the text of an answer may have; its structured content has no more. At least 8,000.
   * @default 20_000
   */
  readonly maxAnswerLength?: number | undefined
  /**
   * How many contacts are read to count or to compare them, where the provider does not count itself. Answers say when there are more.
   * @default 10_000
   */
  readonly maxRead?: number | undefined
  /**
   * How long a preview can be applied, in milliseconds.
   * @default 300_000
   */
  readonly previewMs?: number | undefined
  /** Told of an error that no tool expects, with the name of the tool; the answer only says that there was one. */
  readonly onError?: ((error: unknown, tool: string) => void) | undefined
  /** The time, by which previews expire. @default the system's */
  readonly clock?: Pick<Clock, 'now'> | undefined
  /** Where the tokens of previews come from: as many random bytes as asked for. @default `crypto.getRandomValues` */
  readonly randomBytes?: RandomBytes | undefined
}

/** Options in which nothing is left open. */
export interface Settings {
  readonly write: boolean
  readonly scan: boolean
  readonly maxAnswerLength: number
  readonly maxRead: number
  readonly previewMs: number
  readonly onError: (error: unknown, tool: string) => void
  readonly now: () => number
  readonly randomBytes: RandomBytes
}

/** Reads the options once. @throws ContactsError `config` for what cannot work */
export function readOptions(options: ContactsServerOptions): Settings {
  const { clock = systemClock } = options
  return {
    write: flag('write', options.write),
    scan: flag('scan', options.scan),
    maxAnswerLength: wholeNumber('maxAnswerLength', options.maxAnswerLength ?? 20_000, 8000),
    maxRead: wholeNumber('maxRead', options.maxRead ?? 10_000, 1),
    previewMs: wholeNumber('previewMs', options.previewMs ?? 300_000, 1),
    onError: options.onError ?? (() => undefined),
    now: () => clock.now(),
    randomBytes: options.randomBytes ?? secureBytes,
  }
}

function flag(name: string, given: unknown): boolean {
  // Only `true` opens what is closed: a program without types may give the text 'false'.
  if (given === undefined || typeof given === 'boolean') return given === true
  throw wrong(`${name} must be true or false`)
}

function wholeNumber(name: string, given: unknown, least: number): number {
  if (typeof given === 'number' && Number.isSafeInteger(given) && given >= least) return given
  throw wrong(`${name} must be a whole number of ${least} or more`)
}

function wrong(problem: string): ContactsError {
  return new ContactsError({
    code: 'config',
    message: `Contacts cannot be served with these options: ${problem}.`,
  })
}
