import { CallScope, type CallSettings } from '../call/scope.ts'
import { inWords, readOptions } from '../client/calls.ts'
import type { OptionKind } from '../client/option-kinds.ts'
import { FACE_CALL, HTTP } from '../client/signatures.ts'
import { ContactsError } from '../errors.ts'
import type { HttpOptions } from '../http/types.ts'
import { holds } from '../model/json.ts'

/** Whom an error about what was given is about. */
export interface FaceCall {
  readonly provider: string
  readonly operation: string
}

/** What must stand in members of an object that a caller gives; those that are not named are left as they are. */
export type MemberKinds<Given> = { readonly [Name in keyof Given]?: OptionKind }

/**
 * Reads the members of an object that a method of a face was given, once, so that no getter of it runs later. As with most vendors'
 * clients `null` is as `undefined`, in the place of the object and of a member that is named.
 *
 * @param given - anything, from a program that TypeScript did not check
 * @param call - for errors
 * @param kinds - what must stand in which member
 * @throws ContactsError `invalid_input` for what is no object, cannot be read, or has a member that cannot be used
 *
 * @example
 * ```ts
 * const { cursor, take } = readArgument(request, { provider, operation: 'listPeople' }, { cursor: 'text' })
 * ```
 */
export function readArgument<Given extends object>(
  given: Given | null | undefined,
  call: FaceCall,
  kinds: MemberKinds<Given> = {},
): Given {
  return readMembersOf(given, kinds, 'keep', (words, issues) =>
    refusal('what was given', call, words, issues),
  )
}

/**
 * Reads the settings of one call that a method of a face takes, as {@link readArgument} does. What an adapter hands on is left as it
 * is; names that are no settings are refused.
 *
 * @throws ContactsError `invalid_input`
 */
export function readCallSettings(given: CallSettings | null | undefined, call: FaceCall): CallSettings {
  if (isScope(given)) return given
  return readMembersOf(given, FACE_CALL, 'refuse', (words, issues) =>
    refusal('the settings of the call', call, words, issues),
  )
}

/**
 * Reads the options of a face's client, as {@link readArgument} does. What is no option is passed over, as by vendors' clients.
 *
 * @param own - what must stand in the options that other faces have not
 * @throws ContactsError `config`
 */
export function readClientOptions<Options extends object>(
  given: Options | null | undefined,
  provider: string,
  own: MemberKinds<Omit<Options, keyof HttpOptions>>,
): Options {
  return readMembersOf(given, { ...HTTP, ...own }, 'leave', (words, issues) => {
    const message = `${provider}: the client cannot be made: its options: ${words}.`
    return new ContactsError({ code: 'config', message, provider, issues })
  })
}

function isScope(given: unknown): given is CallScope {
  return holds(() => given instanceof CallScope)
}

type Issues = ReturnType<typeof readOptions>['issues']

function refusal(
  what: string,
  { provider, operation }: FaceCall,
  words: string,
  issues: Issues,
): ContactsError {
  const message = `${provider} ${operation}: ${what} cannot be used: ${words}. Nothing was sent.`
  return new ContactsError({ code: 'invalid_input', message, provider, operation, issues })
}

function readMembersOf<Given extends object>(
  given: Given | null | undefined,
  kinds: Readonly<Partial<Record<string, OptionKind>>>,
  others: 'refuse' | 'keep' | 'leave',
  fail: (words: string, issues: Issues) => ContactsError,
): Given {
  if (given === undefined || given === null) return {} as Given // as one without members
  const { options, issues } = readOptions(given, kinds, others, 'undefined')
  if (issues.length > 0) throw fail(inWords(issues), issues)
  return options as Given // its members have passed, as far as they are checked here
}
