import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { ContactsError } from '@anycontact/core'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'
import { createTestClock } from '../clock.ts'

/** A client as JavaScript sees it. */
export type LooseClient = Readonly<Record<string, unknown>>

/** A client, and how many requests it made. */
export interface Loose {
  readonly contacts: LooseClient
  requests(): number
}

type Factory = (options: Readonly<Record<string, unknown>>) => LooseClient

/** A factory as JavaScript sees it: it takes anything. */
function loosely(factory: (options: never) => object): Factory {
  return (options) => ({ ...factory(options as never) })
}

interface Provider {
  readonly factory: Factory
  /** What its factory needs. */
  readonly options: Readonly<Record<string, unknown>>
  /** The vendor; absent for one without HTTP. */
  fetch?(): typeof fetch
}

const emulator = () => createEmulator({ now: createTestClock().now, seed: 1 })

/** Every provider. */
export const providers = {
  memory: { factory: loosely(memory), options: {} },
  chatbotkit: {
    factory: loosely(chatbotkit),
    options: { secret: CHATBOTKIT_SECRET },
    fetch: () => emulator().chatbotkit.fetch,
  },
  cognipeer: {
    factory: loosely(cognipeer),
    options: { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID },
    fetch: () => emulator().cognipeer.fetch,
  },
  'channel-inbox': {
    factory: loosely(channelInbox),
    options: { apiKey: CHANNEL_INBOX_API_KEY },
    fetch: () => emulator().channelInbox.fetch,
  },
  'contact-methods': {
    factory: loosely(contactMethods),
    options: { apiKey: CONTACT_METHODS_API_KEY, environment: 'test' },
    fetch: () => emulator().contactMethods.fetch,
  },
} as const satisfies Readonly<Record<string, Provider>>

/** The names of the providers. */
export const providerNames = Object.keys(providers) as readonly (keyof typeof providers)[]

/**
 * Makes a client that counts its requests.
 *
 * @param options - beside the credentials
 */
export function looseClient(
  name: keyof typeof providers,
  options: Readonly<Record<string, unknown>> = {},
): Loose {
  const { factory, options: needed, fetch }: Provider = providers[name]
  let requests = 0
  const vendorFetch = fetch?.()
  const counting = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    requests++
    return vendorFetch ? vendorFetch(input, init) : new Response()
  }
  const contacts = factory({
    ...needed,
    ...(vendorFetch && { fetch: counting, random: () => 0.5 }),
    clock: createTestClock(),
    ...options,
  })
  return { contacts, requests: () => requests }
}

/** Calls `list`, `conversations.list` and so on as JavaScript can, and waits for what it gives. */
export async function call(contacts: LooseClient, operation: string, ...args: unknown[]): Promise<unknown> {
  const [name = '', method] = operation.split('.')
  const owner: unknown = method === undefined ? contacts : contacts[name]
  if (typeof owner !== 'object' || owner === null) throw new Error(`there is no ${operation}`)
  const run: unknown = Reflect.get(owner, method ?? name)
  if (typeof run !== 'function') throw new Error(`there is no ${operation}`)
  return await Reflect.apply(run, owner, args)
}

/** Whether a client has an operation. */
export function supports(contacts: LooseClient, operation: string): boolean {
  const [name = '', method] = operation.split('.')
  const { capabilities } = contacts
  const declared: unknown = Reflect.get(Object(capabilities), name)
  if (operation === 'explain') return true
  return (
    declared !== undefined && (method === undefined || Reflect.get(Object(declared), method) !== undefined)
  )
}

/** What something throws or rejects with; `undefined` when it does not. */
export async function failureOf(run: () => unknown): Promise<unknown> {
  try {
    await run()
    return undefined
  } catch (error) {
    return error
  }
}

/** The paths of what is wrong, where an error is one of ours; else the error itself. */
export function pathsOf(error: unknown): unknown {
  return ContactsError.is(error) ? (error.issues ?? []).map(({ path }) => path) : error
}
