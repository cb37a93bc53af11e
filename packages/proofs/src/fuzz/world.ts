import { channelInbox } from '@anycontact/channel-inbox'
import { chatbotkit } from '@anycontact/chatbotkit'
import { cognipeer } from '@anycontact/cognipeer'
import { contactMethods } from '@anycontact/contact-methods'
import { createTestClock } from '@anycontact/core/adapter-kit'
import {
  CHANNEL_INBOX_API_KEY,
  CHATBOTKIT_SECRET,
  COGNIPEER_HOOK_ID,
  COGNIPEER_TOKEN,
  CONTACT_METHODS_API_KEY,
  createEmulator,
  type Fetch,
} from '@anycontact/emulator'
import { memory } from '@anycontact/memory'

/** An object as JavaScript sees it. */
export type Loose = Readonly<Record<string, unknown>>

type Vendors = ReturnType<typeof createEmulator>

interface Provider {
  readonly make: (options: never) => object
  readonly needed: Loose
  /** The vendor; absent for one without HTTP. */
  readonly fetch?: (vendors: Vendors) => Fetch
}

/** Every provider. */
export const providers = {
  memory: { make: memory, needed: {} },
  chatbotkit: {
    make: chatbotkit,
    needed: { secret: CHATBOTKIT_SECRET },
    fetch: (vendors) => vendors.chatbotkit.fetch,
  },
  cognipeer: {
    make: cognipeer,
    needed: { token: COGNIPEER_TOKEN, hookId: COGNIPEER_HOOK_ID },
    fetch: (vendors) => vendors.cognipeer.fetch,
  },
  'channel-inbox': {
    make: channelInbox,
    needed: { apiKey: CHANNEL_INBOX_API_KEY },
    fetch: (vendors) => vendors.channelInbox.fetch,
  },
  'contact-methods': {
    make: contactMethods,
    needed: { apiKey: CONTACT_METHODS_API_KEY, environment: 'test' },
    fetch: (vendors) => vendors.contactMethods.fetch,
  },
} as const satisfies Readonly<Record<string, Provider>>

export type ProviderName = keyof typeof providers

export const providerNames = Object.keys(providers) as readonly ProviderName[]

/** A client of an emulated vendor. */
export interface World {
  readonly client: Loose
  readonly vendors: Vendors
  /** The fields that something was said about. */
  readonly warned: Set<string>
  /** How many requests there were since `begin`. */
  requests(): number
  /** How many of them can have changed something. */
  writes(): number
  begin(): void
}

/** What a client of a provider is made with, and what counts its requests. */
export interface Surroundings extends Omit<World, 'client'> {
  readonly options: Loose
}

/** Makes a vendor and the options of a client of it. */
export function surroundings(name: ProviderName): Surroundings {
  const { needed, fetch }: Provider = providers[name]
  const vendors = createEmulator({ now: createTestClock().now, seed: 1 })
  const send = fetch?.(vendors)
  const warned = new Set<string>()
  let requests = 0
  let writes = 0
  const counting: Fetch = (input, init) => {
    requests++
    const { method, url } = new Request(input, init)
    // What the vendors read by POST.
    if (method !== 'GET' && !/\/(?:list|_search)$/.test(new URL(url).pathname)) writes++
    return send ? send(input, init) : Promise.resolve(new Response())
  }
  const onWarning = ({ field }: { readonly field?: string }): void => {
    if (field !== undefined) warned.add(field)
  }
  return {
    options: {
      ...needed,
      clock: createTestClock(),
      onWarning,
      ...(send && { random: () => 0.5, fetch: counting }),
    },
    vendors,
    warned,
    requests: () => requests,
    writes: () => writes,
    begin() {
      requests = 0
      writes = 0
      warned.clear()
    },
  }
}

/** Calls a factory as JavaScript can. */
export function make(name: ProviderName, options: unknown): Loose {
  const { make: factory }: Provider = providers[name]
  return { ...factory(options as never) }
}

/** Makes a vendor and a client of it. */
export function openWorld(name: ProviderName, options: Loose = {}): World {
  const { options: given, ...rest } = surroundings(name)
  return { client: make(name, { ...given, ...options }), ...rest }
}

/** An id of a contact that is good where the caller chooses it. */
export const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

/**
 * Puts a contact into a vendor.
 *
 * @param input - what it is to have, beside an email
 * @returns its id, and that of its first contact method
 */
export async function seedOne(
  { client, vendors }: Pick<World, 'client' | 'vendors'>,
  name: ProviderName,
  input: object = {},
): Promise<{ readonly contact: unknown; readonly method: unknown }> {
  if (name === 'channel-inbox') {
    const [seeded] = vendors.channelInbox.seed([{ display_name: 'Ana', email: 'first@example.com' }])
    return { contact: seeded?.id, method: undefined }
  }
  const hasIds = name === 'memory' || name === 'contact-methods'
  const contact: unknown = await call(client, 'create', [
    { ...(hasIds && { id: ID }), email: 'first@example.com', ...input },
    { unsupportedFields: 'drop' },
  ])
  const methods: unknown = Reflect.get(Object(contact), 'contactMethods')
  const method: unknown = Array.isArray(methods) ? Reflect.get(Object(methods[0]), 'id') : undefined
  return { contact: Reflect.get(Object(contact), 'id'), method }
}

/** Calls `list`, `contactMethods.create` and so on as JavaScript can; a pager or a batch that it gives is not awaited. */
export function call(owner: object, operation: string, args: readonly unknown[]): unknown {
  const [name = '', method] = operation.split('.')
  const holder: unknown = method === undefined ? owner : Reflect.get(owner, name)
  const run: unknown = Reflect.get(Object(holder), method ?? name)
  if (typeof run !== 'function') throw new Error(`there is no ${operation}`)
  return Reflect.apply(run, holder, args)
}

/** Whether a client has an operation. */
export function supports(client: Loose, operation: string): boolean {
  const [name = '', method] = operation.split('.')
  const declared: unknown = Reflect.get(Object(client.capabilities), name)
  return declared !== undefined && (method === undefined || Reflect.has(Object(declared), method))
}
