import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { ContactsError, copyContacts, exportCsv } from '@anycontact/core'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { goodCalls, ID } from './calls.ts'
import { CallersError, createRandom, hostile, nonsense, pathsIn, replaced } from './nonsense.ts'

type Options = Readonly<Record<string, unknown>>
type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>

interface Provider {
  readonly make: (options: never) => object
  readonly needed: Options
  fetch?(): Fetch
}

const vendors = () => createEmulator({ now: createTestClock().now, seed: 1 })

const providers: Readonly<Record<string, Provider>> = {
  memory: { make: memory, needed: {} },
  chatbotkit: {
    make: chatbotkit,
    needed: { secret: CHATBOTKIT_SECRET },
    fetch: () => vendors().chatbotkit.fetch,
  },
  cognipeer: {
    make: cognipeer,
    needed: { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID },
    fetch: () => vendors().cognipeer.fetch,
  },
  'channel-inbox': {
    make: channelInbox,
    needed: { apiKey: CHANNEL_INBOX_API_KEY },
    fetch: () => vendors().channelInbox.fetch,
  },
  'contact-methods': {
    make: contactMethods,
    needed: { apiKey: CONTACT_METHODS_API_KEY, environment: 'test' },
    fetch: () => vendors().contactMethods.fetch,
  },
}

/** One try: what was called, with what, and what is wrong with the outcome; `undefined` for nothing. */
export interface Outcome {
  readonly what: string
  readonly problem: string | undefined
}

/** The codes of errors about what the caller gave. */
const INPUT_CODES: ReadonlySet<string> = new Set(['invalid_input', 'config', 'unsupported'])

/** How long a try may take, of real time: everything is in this process. */
const MAX_MS = 10_000

/** Makes one call of one provider with nonsense at one place, all of it chosen by the seed and the number. */
export async function tryOnce(seed: number, number: number): Promise<Outcome> {
  const random = createRandom(seed ^ Math.imul(number + 1, 0x9e3779b1))
  const name = random.pick(Object.keys(providers))
  const operation = random.pick(Object.keys(goodCalls))
  const kind = random.pick(Object.keys(nonsense))
  const good = goodCalls[operation] ?? []
  const path = random.pick(pathsIn(good).filter(({ length }) => length > 0))
  const what = `${name} ${operation}(${path.join('.')}: ${kind})`
  let requests = 0
  const provider = providers[name]
  const other = nonsense[kind]
  if (!provider || !other) throw new Error(what)
  const fetching = provider.fetch?.()
  const settings: Options = {
    ...provider.needed,
    clock: createTestClock(),
    ...(fetching && {
      random: () => 0.5,
      fetch: (input: string | URL | Request, init?: RequestInit) => {
        requests++
        return fetching(input, init)
      },
    }),
  }
  const args = Object.values(Object(replaced(good, path, other())))
  const started = performance.now()
  const warned: (string | undefined)[] = []
  const begin = (): void => {
    requests = 0
  }
  const heard = {
    ...settings,
    warned,
    begin,
    onWarning: ({ field }: { field?: string }) => warned.push(field),
  }
  const problem = await judged(
    () => call(operation, provider, heard, args),
    () => requests,
    // A time beyond all others is one, and so is a function's answer.
    hostile.has(kind) && !(['huge', 'unsafe'].includes(kind) && isTime(path.at(-1))),
  )
  const isSlow = performance.now() - started > MAX_MS
  return { what, problem: problem ?? (isSlow ? `took longer than ${MAX_MS} ms` : undefined) }
}

/** Whether an option is a number of milliseconds or bytes, which can be any. */
function isTime(name: string | undefined): boolean {
  return name !== undefined && /Ms$|^attempts$|^requests$/.test(name)
}

async function judged(
  run: () => Promise<unknown>,
  requests: () => number,
  mustFail: boolean,
): Promise<string | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`hangs: nothing for ${MAX_MS} ms`)), MAX_MS)
  })
  try {
    const given = await Promise.race([run(), late])
    const failed: unknown = typeof given === 'object' && given !== null ? Reflect.get(given, 'failed') : []
    for (const item of Array.isArray(failed) ? failed : []) {
      const problem = problemOf(Reflect.get(Object(item), 'error'), 0)
      if (problem !== undefined) return problem
    }
    const isRefused = Array.isArray(failed) && failed.length > 0
    return mustFail && !isRefused ? 'was taken' : undefined
  } catch (error) {
    return problemOf(error, requests())
  } finally {
    clearTimeout(timer)
  }
}

function problemOf(error: unknown, requests: number): string | undefined {
  if (error instanceof CallersError) return undefined
  if (!ContactsError.is(error)) return `threw ${error instanceof Error ? error.stack : String(error)}`
  // What the vendor itself refuses has a status: it is not for us to know its rules.
  const isOurs = INPUT_CODES.has(error.code) && error.status === undefined && error.applied === 'no'
  return isOurs && requests > 0 ? `was refused after ${requests} requests: ${error.message}` : undefined
}

function isPlain(value: unknown): value is object {
  try {
    return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
  } catch {
    return false
  }
}

function listOf(client: Options): { toArray(...args: readonly unknown[]): Promise<unknown> } {
  const { list } = client
  if (typeof list !== 'function') throw new Error('there is no list')
  return Reflect.apply(list, client, [])
}

async function call(
  operation: string,
  { make, needed }: Provider,
  settings: Options,
  args: readonly unknown[],
): Promise<unknown> {
  const loosely = (options: unknown): Options => ({ ...make(options as never) })
  if (operation === 'factory') {
    const [given] = args
    const isData = isPlain(given)
    const isHttp = Object.keys(needed).length > 0
    const merged: unknown =
      isData && isHttp
        ? Object.defineProperties(
            { ...settings, warned: undefined, begin: undefined },
            Object.getOwnPropertyDescriptors(given),
          )
        : given
    return loosely(merged)
  }
  const { warned: _warned, begin: _begin, ...clean } = settings
  const client = loosely(clean)
  if (operation === 'toArray') return listOf(client).toArray(...args)
  if (operation === 'exportCsv') {
    const stream = Reflect.apply(exportCsv as (...all: unknown[]) => ReadableStream<string>, undefined, [
      client,
      ...args,
    ])
    for await (const _ of stream);
    return undefined
  }
  if (operation === 'copyContacts') {
    return await Reflect.apply(copyContacts as (...all: unknown[]) => Promise<unknown>, undefined, [
      client,
      memory(),
      ...args,
    ])
  }
  if (operation === 'create' || operation === 'update' || operation === 'upsert') {
    return written(client, operation, args, settings)
  }
  const [name = '', member] = operation.split('.')
  const owner: unknown = member === undefined ? client : client[name]
  return await Reflect.apply(asFunction(Reflect.get(Object(owner), member ?? name)), owner, args)
}

/** Writes, and reads back what was written. */
async function written(
  client: Options,
  operation: string,
  args: readonly unknown[],
  { warned, begin }: Options,
): Promise<unknown> {
  let target = args
  if (operation === 'update' && typeof client.create === 'function') {
    const made = await asFunction(client.create)(
      { id: ID, email: 'first@example.com' },
      { unsupportedFields: 'drop' },
    ).then(
      (contact: unknown) => contact,
      () => undefined,
    )
    if (made !== undefined && args[0] === ID) target = [Reflect.get(Object(made), 'id'), ...args.slice(1)]
  }
  if (typeof begin === 'function') begin()
  const given: unknown = await asFunction(client[operation])(...target)
  const contact: unknown = operation === 'upsert' ? Reflect.get(Object(given), 'contact') : given
  const stored: unknown = await asFunction(client.get)(Reflect.get(Object(contact), 'id'))
  const input: unknown = target[operation === 'update' ? 1 : 0]
  for (const [field, value] of Object.entries(Object(input))) {
    if (typeof value !== 'string' || field === 'id' || field === 'externalId') continue
    const kept: unknown = Reflect.get(Object(stored), field)
    const isTold = Array.isArray(warned) && warned.includes(field)
    if (kept !== value && !isTold)
      throw new Error(`${field} was written and came back otherwise, without a word`)
  }
  return given
}

function asFunction(value: unknown): (...args: unknown[]) => Promise<unknown> {
  if (typeof value !== 'function') throw new Error('this is no method of a client')
  return async (...args) => Reflect.apply(value, undefined, args)
}

/** Tries until the time is over; the first thing that is wrong ends it. */
export async function fuzz(
  seed: number,
  seconds: number,
): Promise<{ readonly tries: number; readonly failure: string | undefined }> {
  const until = performance.now() + seconds * 1000
  let unhandled: unknown
  const note = (reason: unknown): void => {
    if (!(reason instanceof CallersError)) unhandled = reason
  }
  process.on('unhandledRejection', note)
  try {
    for (let number = 0; performance.now() < until; number++) {
      const { what, problem } = await tryOnce(seed, number)
      if (number % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
      const found = problem ?? (unhandled === undefined ? undefined : `left unhandled: ${String(unhandled)}`)
      if (found !== undefined) {
        return {
          tries: number,
          failure: `${what} ${found}\nReplay it: pnpm fuzz --seed ${seed} --case ${number}`,
        }
      }
      if (performance.now() >= until) return { tries: number + 1, failure: undefined }
    }
    return { tries: 0, failure: undefined }
  } finally {
    process.off('unhandledRejection', note)
  }
}
