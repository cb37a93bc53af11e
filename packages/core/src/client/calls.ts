import type { Adapter } from '../adapter/adapter.ts'
import type { CallScope } from '../call/scope.ts'
import type { CallOptions } from '../call/settings.ts'
import type { Clock } from '../call/timing.ts'
import { ContactsError, type ContactsErrorIssue } from '../errors.ts'
import { readGiven, readMembers } from '../model/json.ts'
import { type ContactRef, readRef } from '../model/ref.ts'
import { createMany, deleteMany, updateMany, upsertMany } from './batches.ts'
import { requestByHand } from './by-hand.ts'
import { deleteContact } from './deletes.ts'
import { explainQuery } from './explain.ts'
import type { Groups } from './groups.ts'
import { invalidInput } from './invalid-input.ts'
import { listContacts } from './listing.ts'
import { findContact, getContact } from './lookup.ts'
import type { Operations } from './operations.ts'
import { kinds, membersOf, type OptionKind, readValue } from './option-kinds.ts'
import type { LookupOptions, UpdateOptions, UpsertBy } from './options.ts'
import { type PolicyOverrides, withOverrides } from './policy.ts'
import { type Call, named, perform, type Runtime } from './runtime.ts'
import { countContacts, searchContacts } from './search-and-count.ts'
import type { OptionTable, Signature } from './signatures.ts'
import type { Contacts, EveryCapability } from './types.ts'
import { checkUpsert, upsertContact } from './upserts.ts'
import { createContact, updateContact } from './writes.ts'

type EveryAdapter = Adapter<EveryCapability, unknown, unknown, unknown>
type Upsert = Operations<EveryAdapter>['upsert']
type UpsertMany = Operations<EveryAdapter>['upsertMany']

/** Every operation, over whatever the adapter has of it. What they are given has been read by {@link guard}. */
export function everyOperation(runtime: Runtime): Omit<Contacts<EveryAdapter>, keyof Groups | 'supports'> {
  const { adapter } = runtime
  /** Runs an operation that gives a promise. */
  const run = async <Result>(
    operation: string,
    options: OperationOptions | undefined,
    input: unknown,
    work: (call: Call) => Promise<Result>,
  ): Promise<Result> => {
    const { scan, vendor, outcome, idempotent, ...settings } = options ?? {}
    const run = (scope: CallScope): Promise<Result> =>
      work({ scope, scan, vendor, exactOutcome: outcome === 'exact' })
    return perform(runtime, operation, settings, run, vendor === undefined ? input : [input, vendor])
  }
  return {
    provider: adapter.provider,
    capabilities: adapter.capabilities as EveryCapability, // narrowed to what is there by the client's type
    api: adapter.api,
    explain: (query) => explainQuery(runtime, query),
    list: (query) => listContacts(runtime, query),
    get: (ref: ContactRef, options?: LookupOptions) =>
      run('get', options, ref, (call) => getContact(runtime, ref, call)),
    find: (ref: ContactRef, options?: LookupOptions) =>
      run('find', options, ref, (call) => findContact(runtime, ref, call)),
    create: (input, options) =>
      run('create', options, input, async (call) => createContact(forWrite(runtime, options), input, call)),
    update: (ref: ContactRef, patch, options?: UpdateOptions) =>
      run('update', options, [ref, patch], async (call) =>
        updateContact(forWrite(runtime, options), ref, patch, call),
      ),
    delete: (ref: ContactRef, options?: LookupOptions) =>
      run('delete', options, ref, (call) => deleteContact(runtime, ref, call)),
    upsert: ((input, options) =>
      run('upsert', options, input, async (call) => {
        const own = forWrite(runtime, options)
        const upsert = { ...call, by: options?.by }
        return upsertContact(own, checkUpsert(own, input, upsert), upsert)
      })) as Upsert, // which outcomes there are follows from the capabilities
    search: (text, query) => searchContacts(runtime, text, query),
    count: (query) =>
      run('count', query, query?.where, ({ scope }) => countContacts(runtime, query ?? {}, scope)),
    createMany: (items, options) => createMany(forWrite(runtime, options), items, options),
    updateMany: (items, options) => updateMany(forWrite(runtime, options), items, options),
    upsertMany: ((items, options) =>
      upsertMany(forWrite(runtime, options), items, options ?? NO_KEY)) as UpsertMany, // of its two results `dryRun` chooses
    deleteMany: (items, options) => deleteMany(runtime, items, options),
    request: (request, options) =>
      run('request', options, [request?.query, request?.json], ({ scope }) =>
        requestByHand(runtime, request, options?.idempotent, scope),
      ),
  }
}

/** The options of an upsert that was given none: each item is refused, for want of a key. */
const NO_KEY = {} as UpsertBy

/** What an operation that gives a promise may be called with. */
interface OperationOptions extends CallOptions {
  readonly scan?: boolean | undefined
  readonly vendor?: unknown
  readonly outcome?: 'exact' | undefined
  readonly idempotent?: boolean | undefined
}

/** The runtime of one write, whose options may say differently what to do with fields that do not fit. */
function forWrite(runtime: Runtime, options: PolicyOverrides | undefined): Runtime {
  const isOverridden = options?.unsupportedFields !== undefined || options?.onWarning !== undefined
  if (!isOverridden) return runtime
  return { ...runtime, policy: withOverrides(runtime.policy, options) }
}

/** Tells whether an operation gives a pager, a batch or a plan: then it throws at once what is wrong; the others reject. */
export function throwsAtOnce(operation: string): boolean {
  return /(?:^|\.)(?:list|search|explain|\w+Many)$/.test(operation)
}

/**
 * Makes a method read what it is called with before it does anything: nothing of the caller's runs after that, and what cannot be
 * used is refused before any request.
 *
 * @param owner - the client, or one of its groups
 * @param name - of the method
 */
export function guard(
  runtime: Runtime,
  owner: Record<string, unknown>,
  name: string,
  operation: string,
  signature: Signature,
): void {
  const method = owner[name]
  if (typeof method !== 'function') return
  owner[name] = (...args: unknown[]): unknown => {
    try {
      signature.forEach((kind, index) => {
        const arg = args[index]
        if (kind === 'ref') args[index] = readRef(arg)
        else if (kind === 'data') args[index] = readData(arg)
        else if (kind !== 'other' && arg !== undefined) args[index] = readCallOptions(operation, arg, kind)
      })
    } catch (error) {
      const failure = named(error, runtime, operation)
      if (throwsAtOnce(operation)) throw failure
      return Promise.reject(failure)
    }
    return Reflect.apply(method, owner, args)
  }
}

/** Data that a caller gives, all the way down. @throws ContactsError `invalid_input` */
function readData(given: unknown): unknown {
  const { value, problem } = readGiven(given)
  if (!problem) return value
  throw invalidInput([{ path: problem.path.join('.'), message: problem.message }])
}

/** The options of a call, as a program that TypeScript did not check may give them. @throws ContactsError `invalid_input` */
function readCallOptions(operation: string, given: unknown, table: OptionTable): Record<string, unknown> {
  const { options, issues } = readOptions(given, table)
  if (issues.length > 0) throw badOptions(operation, issues)
  return options
}

/** The error for options that cannot be used. */
export function badOptions(operation: string, issues: readonly ContactsErrorIssue[]): ContactsError {
  return new ContactsError({
    code: 'invalid_input',
    message: `The options of ${operation} cannot be used: ${inWords(issues)}. Nothing was sent.`,
    issues,
  })
}

/** Issues as part of a sentence. */
export function inWords(issues: readonly ContactsErrorIssue[]): string {
  return issues
    .map(({ path, message }) => (path === '' ? `they ${message}` : `${path} ${message}`))
    .join('; ')
}

/**
 * Reads options once, and checks them.
 *
 * @param given - anything
 * @param table - the options that there are
 * @param others - what to do with those that are not in the table. @default 'refuse'
 * @param nulls - what `null` is in one that is in the table: then what is `undefined` stays too. @default 'kept'
 */
export function readOptions(
  given: unknown,
  table: Readonly<Partial<OptionTable>>,
  others: 'refuse' | 'keep' | 'leave' = 'refuse',
  nulls: 'kept' | 'undefined' = 'kept',
): { readonly options: Record<string, unknown>; readonly issues: readonly ContactsErrorIssue[] } {
  const { value: members, problem } = readMembers(given, Object.keys(table))
  if (problem) return { options: {}, issues: [{ path: problem.path.join('.'), message: problem.message }] }
  const options: Record<string, unknown> = {}
  const issues: ContactsErrorIssue[] = []
  let hasUnknown = false
  for (const [name, member] of Object.entries(members)) {
    const kind = Object.hasOwn(table, name) ? table[name] : undefined
    if (kind === undefined && others === 'leave') continue
    if (kind === undefined && others === 'keep') {
      options[name] = member
      continue
    }
    if (nulls === 'undefined' && kind !== undefined && (member ?? undefined) === undefined) {
      options[name] = undefined
      continue
    }
    // As `fetch` takes it.
    if (member === undefined || (kind === 'signal' && member === null)) continue
    if (kind === undefined) {
      // Which there are is said once.
      const others = hasUnknown ? ' either' : `; there are ${Object.keys(table).join(', ')}`
      issues.push({ path: name, message: `is no option here${others}` })
      hasUnknown = true
      continue
    }
    const { value, issues: found } = readOption(member, kind)
    options[name] = value
    for (const { path, message } of found) {
      issues.push({ path: path === '' ? name : `${name}.${path}`, message })
    }
  }
  return { options, issues }
}

interface ReadOption {
  readonly value?: unknown
  readonly issues: readonly ContactsErrorIssue[]
}

function readOption(given: unknown, kind: OptionKind): ReadOption {
  if (kind === 'any') return { value: given, issues: [] }
  const members = membersOf(given, kind)
  if (members) {
    const { options, issues } = readOptions(given, members)
    return { value: options, issues }
  }
  const { value, problem } = readValue(given, kind)
  if (problem) return { issues: [{ path: problem.path.join('.'), message: problem.message }] }
  const message = kinds[kind](value)
  if (message !== undefined) return { value, issues: [{ path: '', message }] }
  return { value: kind === 'clock' ? guardedClock(value as Clock) : value, issues: [] }
}

/** A clock of the caller's, whose time is one, and whose waits are promises. */
function guardedClock(clock: Clock): Clock {
  return {
    now() {
      const time: unknown = clock.now()
      if (typeof time === 'number' && Number.isFinite(time)) return time
      const message = 'The clock option must give milliseconds since 1970, a number.'
      throw new ContactsError({ code: 'config', message })
    },
    async sleep(ms, signal) {
      await clock.sleep(ms, signal)
    },
  }
}
