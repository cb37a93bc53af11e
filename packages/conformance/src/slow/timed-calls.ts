import type { CallOptions, ContactRef, LookupOptions, RefKey } from '@anycontact/core'
import { refBy } from '@anycontact/core/adapter-kit'
import { fail } from '../assert.ts'
import type { Session } from '../session.ts'
import type { TimedCall } from './timed-call.ts'
import { timedGroupCalls } from './timed-group-calls.ts'

/** The calls of an operation: by each key that it declares, and of each kind that can take another number of requests. */
export function timedCalls(session: Session, name: string): readonly TimedCall[] {
  const make = CALLS[name] ?? timedGroupCalls[name]
  return make?.(session) ?? fail(`the suite does not know how to time ${name}`)
}

const CALLS: Readonly<Record<string, (session: Session) => readonly TimedCall[]>> = {
  list: (session) => [
    afterMaking(session, 'list', (options) => session.client.list(options)),
    afterMaking(session, 'list where …', (options) =>
      session.client.list({ where: { note: 'nobody has it' }, ...options }),
    ),
  ],
  get: (session) => byKey(session, 'get', (ref, options) => session.client.get(ref, options)),
  find: (session) => byKey(session, 'find', (ref, options) => session.client.find(ref, options)),
  update: (session) =>
    byKey(session, 'update', (ref, options) => session.client.update(ref, patchOf(session), options)),
  delete: (session) => byKey(session, 'delete', (ref, options) => session.client.delete(ref, options)),
  create: (session) =>
    [session.basic.bind(session), session.everything.bind(session)].map((input) => ({
      what: 'create',
      isWrite: true,
      isScan: false,
      async prepare() {
        const given = input()
        return async (options) => session.keep(await session.client.create(given, options))
      },
    })),
  upsert: (session) => upserts(session),
  search: (session) => [
    afterMaking(session, 'search', (options) => session.client.search('nobody-has-it', options)),
  ],
  count: (session) => [
    afterMaking(session, 'count', (options) => session.client.count(options)),
    {
      ...afterMaking(session, 'count where …', (options) =>
        session.client.count({ where: { note: 'nobody has it' }, ...options }),
      ),
      // Where the provider cannot count so.
      isScan: true,
    },
  ],
  request: (session) => {
    const { path, query } = session.endpoint
    const call = (options: CallOptions) => session.client.request({ path, query }, options)
    return [{ what: 'request', isWrite: false, isScan: false, prepare: async () => call }]
  },
}

function afterMaking(
  session: Session,
  what: string,
  call: (options: CallOptions) => PromiseLike<unknown>,
): TimedCall {
  const prepare = async (): Promise<typeof call> => {
    await session.make()
    return call
  }
  return { what, isWrite: false, isScan: false, prepare }
}

function byKey(
  session: Session,
  operation: 'get' | 'find' | 'update' | 'delete',
  call: (ref: ContactRef, options: LookupOptions) => PromiseLike<unknown>,
): TimedCall[] {
  const { by = [], scan = [] } = session.capabilities[operation] ?? {}
  const read = session.capabilities.get?.by ?? []
  const keys = new Set([...by, ...scan, ...(operation === 'update' || operation === 'delete' ? read : [])])
  return [...keys].map((key) => ({
    what: `${operation} by ${key}`,
    isWrite: operation === 'update' || operation === 'delete',
    isScan: scan.includes(key),
    async prepare() {
      const contact = await session.make()
      const value = contact[key] ?? fail(`${operation} by ${key} is declared, but contacts have no ${key}`)
      return (options) => call(refBy(key, value), { ...options, scan: scan.includes(key) })
    },
  }))
}

/** By each key: of a contact that is not there, of one that is to be changed, and of one that is as it should be. */
function upserts(session: Session): TimedCall[] {
  const { by = [], scan = [] } = session.capabilities.upsert ?? {}
  const upsert = (
    key: RefKey,
    what: string,
    prepared: () => Promise<ReturnType<typeof inputFor>>,
  ): TimedCall => ({
    what: `upsert by ${key} of ${what}`,
    isWrite: true,
    isScan: scan.includes(key),
    async prepare() {
      const input = await prepared()
      return async (options) => {
        const isScan = scan.includes(key)
        session.keep((await session.client.upsert(input, { by: key, scan: isScan, ...options })).contact)
      }
    },
  })
  return [...by, ...scan].flatMap((key) => [
    upsert(key, 'a contact that is not there', async () => inputFor(session, key)),
    upsert(key, 'a contact that is there', async () => {
      const input = inputFor(session, key)
      const contact = await session.make(input)
      return { ...inputFor(session, key), [key]: contact[key] }
    }),
  ])
}

function inputFor(session: Session, key: RefKey) {
  return session.spelled({ ...session.basic(), ...session.sample([key]) })
}

/** A change of everything that an update can change, because what is more work may take more requests. */
export function patchOf(session: Session) {
  const fields = session.capabilities.update?.fields ?? []
  const implied: readonly string[] = fields.includes('contactMethods') ? ['email', 'phone'] : []
  const { unique = ['externalId'] } = session.options
  const keys: readonly string[] = unique
  return session.sample(fields.filter((field) => !implied.includes(field) && !keys.includes(field)))
}
