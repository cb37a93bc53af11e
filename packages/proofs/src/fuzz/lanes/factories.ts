import { ContactsError } from '@anycontact/core'
import fc from 'fast-check'
import { checkError, inTime, type Lane, lane, member, outcomeOf, Wrong } from '../lane.ts'
import { CallersError, hostile, isTime, nonsense, type Path, pathsIn, replaced } from '../nonsense.ts'
import { call, type Loose, make, type ProviderName, providerNames, seedOne, surroundings } from '../world.ts'

const HTTP: Loose = {
  baseUrl: 'https://example.com/base',
  headers: { 'x-a': 'b' },
  timeoutMs: 1000,
  deadlineMs: 5000,
  retry: { attempts: 1, baseDelayMs: 1, maxDelayMs: 2, afterTimeout: true },
  rateLimit: { requests: 50, perMs: 10, burst: 20 },
  concurrency: 2,
  maxResponseBytes: 100_000,
  endpoints: {},
  onRequest: () => undefined,
  onResponse: () => undefined,
  onFailure: () => undefined,
  onRetry: () => undefined,
  random: () => 0.5,
  unsupportedFields: 'throw',
  onInvalid: 'skip',
  onWarning: () => undefined,
}

/** Good options of each factory, beside what it needs. */
const OWN: Readonly<Record<ProviderName, Loose>> = {
  memory: {
    contacts: [
      {
        id: 'c1',
        name: 'Ana',
        email: 'ana@example.com',
        customFields: { plan: 'pro' },
        tags: ['a'],
        contactMethods: [{ type: 'phone', value: '+14155552671' }],
      },
    ],
    conversations: [{ contactId: 'c1', id: 'v1', title: 'x' }],
    comments: [{ contactId: 'c1', text: 'x' }],
    files: [{ contactId: 'c1', name: 'x' }],
    activities: [{ conversationId: 'v1', type: 'x' }],
    notifications: [{ title: 'x' }],
    avatars: [],
    ids: undefined,
    unsupportedFields: 'throw',
    onInvalid: 'skip',
    concurrency: 2,
    deadlineMs: 5000,
  },
  chatbotkit: {
    ...HTTP,
    secret: 'x',
    runAsUserId: 'u',
    runAsChildUserEmail: 'a@example.com',
    timezone: 'UTC',
    endpoints: { listContacts: '/x' },
  },
  cognipeer: { ...HTTP, token: 'x', hookId: 'h', uniqueKeys: ['email'], endpoints: { list: '/x' } },
  'channel-inbox': {
    ...HTTP,
    apiKey: 'x',
    accessToken: 'acc_x',
    organizationId: 'org_x',
    env: 'stable',
    services: { channelService: 'https://example.com' },
    dialect: 'sdk',
  },
  'contact-methods': {
    ...HTTP,
    apiKey: 'x',
    environment: 'test',
    scope: 'x',
    sortedByClient: [{ field: 'clientId', direction: 'asc' }],
  },
}

const places = providerNames.flatMap((provider) =>
  pathsIn({ ...OWN[provider], clock: { now: 0, sleep: 0 }, fetch: 0 }).map((path) => ({ provider, path })),
)

/** Ways in which a function of the caller's goes wrong. */
const FUNCTIONS: Readonly<Record<string, (odd: () => unknown) => unknown>> = {
  'gives it': (odd) => () => odd(),
  // A promise of what cannot be a promise's value is the caller's own failure.
  'promises it': (odd) => () =>
    Promise.resolve()
      .then(odd)
      .catch(() => {
        throw new CallersError('of an option')
      }),
  throws: () => () => {
    throw new CallersError('of an option')
  },
  rejects: () => async () => {
    throw new CallersError('of an option')
  },
  'takes turns with': (odd) => ({ take: odd, now: odd, sleep: odd }),
  'a limiter that throws': () => ({
    take: () => {
      throw new CallersError('of an option')
    },
  }),
}

const cases = fc.record({
  place: fc.constantFrom(...places),
  // What never settles is waited for.
  kind: fc.constantFrom(...Object.keys(nonsense).filter((kind) => kind !== 'thenable')),
  way: fc.oneof(fc.constant('is it'), fc.constantFrom(...Object.keys(FUNCTIONS))),
})

/** Every option of every factory with nonsense in it, or with a function that gives it; then a listing and a write. */
export const factories: Lane = lane(
  'factories',
  cases,
  async ({ place: { provider, path }, kind, way }) => {
    const { options, vendors, requests } = surroundings(provider)
    const odd = nonsense[kind]
    if (!odd) throw new Error(`there is no ${kind}`)
    const other = way === 'is it' ? odd() : FUNCTIONS[way]?.(odd)
    const given = path.length === 0 ? other : merged(options, provider, path, other)
    let client: Loose
    try {
      client = make(provider, given)
    } catch (error) {
      checkError(error)
      if (ContactsError.is(error) || error instanceof CallersError) return 'refused'
      throw error
    }
    if (way === 'is it' && mustFail(kind, path)) throw new Wrong('was taken')
    const world = { client, vendors }
    const first = await outcomeOf(
      () => call(client, 'list', [{ pageSize: 2 }]),
      () => 0,
    )
    const second = await outcomeOf(
      () => inTime(seedOne(world, provider)),
      () => 0,
    )
    if (requests() > 20) throw new Wrong(`${requests()} requests`)
    return 'given' in first && 'given' in second ? 'taken' : 'refused'
  },
  ({ place: { provider, path }, kind, way }) => `${provider}(${path.join('.')}: ${way} ${kind})`,
)

/** The needed options with the good one of that name, in which something else stands at the path. */
function merged(options: Loose, provider: ProviderName, path: Path, other: unknown): Loose {
  const [name = ''] = path
  const good: unknown = path.length === 1 ? undefined : (OWN[provider][name] ?? options[name])
  const seeds = provider === 'memory' ? OWN.memory : {}
  // No time passes in which a repetition could be waited for.
  const once = provider === 'memory' ? {} : { retry: { attempts: 1 } }
  return { ...seeds, ...options, ...once, [name]: member(replaced({ [name]: good }, path, other), name) }
}

/** `undefined` is the same as left out; what a number of milliseconds can be is anything. */
function mustFail(kind: string, path: Path): boolean {
  const isFree = path[0] === 'onInvalid' || path.length === 0
  return hostile.has(kind) && !isFree && !(['huge', 'unsafe'].includes(kind) && isTime(path.at(-1)))
}
