import * as ours from '@anycontact/chatbotkit/api'
import * as ourClient from '@anycontact/chatbotkit/api/client'
import * as ourContact from '@anycontact/chatbotkit/api/contact'
import * as ourConversations from '@anycontact/chatbotkit/api/contact/conversation'
import * as ourSecrets from '@anycontact/chatbotkit/api/contact/secret'
import * as ourSpaces from '@anycontact/chatbotkit/api/contact/space'
import * as ourTasks from '@anycontact/chatbotkit/api/contact/task'
import { CHATBOTKIT_SECRET, createEmulator, type Emulator, type RecordedRequest } from '@anycontact/emulator'
import * as sdkClient from '@chatbotkit/sdk/client'
import * as sdkContact from '@chatbotkit/sdk/contact'
import * as sdkConversations from '@chatbotkit/sdk/contact/conversation'
import * as sdkConversationFunctions from '@chatbotkit/sdk/contact/conversation/v1'
import * as sdkSecrets from '@chatbotkit/sdk/contact/secret'
import * as sdkSecretFunctions from '@chatbotkit/sdk/contact/secret/v1'
import * as sdkSpaces from '@chatbotkit/sdk/contact/space'
import * as sdkSpaceFunctions from '@chatbotkit/sdk/contact/space/v1'
import * as sdkTasks from '@chatbotkit/sdk/contact/task'
import * as sdkTaskFunctions from '@chatbotkit/sdk/contact/task/v1'
import * as sdkContactFunctions from '@chatbotkit/sdk/contact/v1'

/** The vendor's own package: its modules, and all of their functions together. */
const vendor = {
  client: sdkClient,
  contact: sdkContact,
  conversation: sdkConversations,
  task: sdkTasks,
  space: sdkSpaces,
  secret: sdkSecrets,
  functions: {
    ...sdkContactFunctions,
    ...sdkConversationFunctions,
    ...sdkTaskFunctions,
    ...sdkSpaceFunctions,
    ...sdkSecretFunctions,
  },
}

/** The same of ours, by the same paths. */
const packages = {
  vendor,
  ours: {
    client: ourClient,
    contact: ourContact,
    conversation: ourConversations,
    task: ourTasks,
    space: ourSpaces,
    secret: ourSecrets,
    functions: ours,
  },
}

/** What a program works with. It is written for the vendor's types. */
export interface Witness {
  /** The client of most programs. */
  readonly client: sdkContact.ContactClient
  readonly sdk: typeof vendor
  /** What its clients are made with. */
  readonly options: sdkClient.ChatBotKitClientOptions
  /** The ids of three contacts, of which the second is not verified. */
  readonly ids: readonly [string, string, string]
  readonly server: Emulator['chatbotkit']
}

/** What a run of a program did: what it was given, and what went over the wire. */
export interface Run {
  readonly results: readonly unknown[]
  readonly requests: readonly Readonly<Record<string, unknown>>[]
}

/** A program; it gives what it wants compared. */
export type Program = (witness: Witness) => Promise<readonly unknown[]>

/** Everything that a stream yields. */
export async function collect(stream: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const items: unknown[] = []
  for await (const item of stream) items.push(item)
  return items
}

const wire = ({
  method,
  path,
  query,
  json,
  bodyText,
  headers,
  status,
}: RecordedRequest): Record<string, unknown> => ({
  method,
  path,
  query,
  json,
  // What parts a form is random.
  body: bodyText.replace(/-{4}formdata\S+/g, 'boundary'),
  status,
  authorization: headers.authorization,
  type: headers['content-type']?.replace(/boundary=.*/, 'boundary'),
  timezone: headers['x-timezone'],
  runAs: headers['x-runas-user-id'],
  runAsEmail: headers['x-runas-child-user-email'],
  jsonl: headers.accept === 'application/jsonl',
})

/**
 * Runs a program against a server of its own, on a socket, with the clock and the ids of all other runs.
 *
 * @param options - what the client is made with besides
 */
export async function run(
  name: keyof typeof packages,
  program: Program,
  given: Partial<sdkClient.ChatBotKitClientOptions> = {},
): Promise<Run> {
  let now = Date.UTC(2026, 0, 1)
  const accounts = { child: { parent: 'emulator', email: 'child@example.com' } }
  const server = createEmulator({ now: () => ++now, seed: 1, chatbotkit: { accounts } }).chatbotkit
  const [ana, bea, chloe] = server.seed([
    { name: 'Ana 🦊', meta: { plan: 'pro', vip: true }, verifiedAt: 1 },
    { name: 'Béa', meta: { plan: 'free' } },
    { name: 'Chloë & Co', meta: { plan: 'pro' }, verifiedAt: 1 },
  ])
  if (!ana || !bea || !chloe) throw new Error('There should be three.')
  for (const { id } of [ana, chloe]) {
    server.seedConversations(id, [{ name: 'first' }, { name: 'second', meta: { kind: 'x' } }])
    server.seedTasks(id, [{ name: 'call back' }, { name: 'send', meta: { kind: 'x' } }])
    server.seedSpaces(id, [{ name: 'garden' }, { name: 'attic', meta: { kind: 'x' } }])
  }
  server.seedSecrets(ana.id, [{ id: 'csecret', name: 'mailbox', type: 'oauth' }])
  server.seedSecrets(chloe.id, [{ id: 'cvault', name: 'vault', type: 'oauth' }])
  const { url, close } = await server.listen()
  try {
    // One program for both is what this is about: ours is to be usable where the vendor's was.
    const sdk = packages[name] as unknown as typeof vendor
    const options = {
      secret: CHATBOTKIT_SECRET,
      baseUrl: url,
      timezone: 'Europe/Sofia',
      retries: 0,
      ...given,
    }
    const client = new sdk.contact.ContactClient(options)
    const results = await program({ client, sdk, options, ids: [ana.id, bea.id, chloe.id], server })
    return { results, requests: [...server.requests].map(wire) }
  } finally {
    await close()
  }
}

/**
 * The requests that the vendor's client sends too: ours asks after each streamed listing whether that was all.
 *
 * @param requests - of ours
 */
export function withoutChecks(requests: Run['requests']): Run['requests'] {
  return requests.filter((request, index) => {
    const before = requests[index - 1]
    return !(before?.path === request.path && before?.jsonl && !request.jsonl && request.query !== undefined)
  })
}

/** What a failure tells, as far as both tell it: the vendor's code. */
export async function failureCode(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise
    return 'no failure'
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return Reflect.get(error, 'vendorCode') ?? Reflect.get(error, 'code')
  }
}
