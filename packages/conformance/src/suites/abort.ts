import type { OperationName } from '@anycontact/core'
import { OPERATIONS } from '@anycontact/core/adapter-kit'
import { assert, fail, print } from '../assert.ts'
import { CALLS } from '../calls.ts'
import type { Session } from '../session.ts'
import type { Suite } from '../suite.ts'

/** Aborting: the caller's reason comes through untouched, and nothing is written. */
export const aborting: Suite = (define) => {
  define('an aborted signal ends every call with its own reason', async (session) => {
    for (const operation of Object.keys(OPERATIONS) as OperationName[]) {
      const methods: readonly string[] = OPERATIONS[operation]
      const names = methods.length === 0 ? [operation] : methods.map((method) => `${operation}.${method}`)
      for (const name of names) {
        if (isDeclared(session, operation, name))
          await endsWithReason(name, (signal) => CALLS[name]?.(session.client, signal))
      }
    }
  })

  define('an aborted write writes nothing', async (session) => {
    const signal = AbortSignal.abort(new Error('left'))
    const contact = session.has('create') || session.has('list') ? await session.make() : undefined
    const writes: (() => unknown)[] = []
    if (session.has('create')) writes.push(() => session.client.create(session.basic(), { signal }))
    if (session.has('createMany')) writes.push(() => session.client.createMany([session.basic()], { signal }))
    if (session.has('delete') && contact)
      writes.push(() => session.client.delete(contact, { signal, scan: true }))
    if (session.has('deleteMany') && contact)
      writes.push(() => session.client.deleteMany([contact], { signal, scan: true }))
    await session.writesNothing('an aborted write', async () => {
      for (const write of writes) {
        try {
          await write()
          fail('an aborted write succeeded')
        } catch (error) {
          if (error !== signal.reason) throw error
        }
      }
    })
    if (contact) await session.reread(contact)
  })

  define('aborting while a listing is read ends it with the reason', async (session) => {
    if (!session.has('list')) {
      await session.refuses('list')
      return
    }
    await session.makeMany(5)
    const controller = new AbortController()
    const reason = new Error('left')
    const pages = session.client.list({ pageSize: 1, signal: controller.signal }).pages()
    await pages.next()
    controller.abort(reason)
    try {
      // The page after the first may be there already; no more than that.
      for (let page = 0; page < 3; page++) await pages.next()
    } catch (error) {
      assert(error === reason, `an aborted listing threw ${print(error)}, not the reason of its signal`)
      return
    }
    fail('a listing went on after its signal was aborted')
  })
}

function isDeclared(session: Session, operation: OperationName, name: string): boolean {
  const declared = session.capabilities[operation]
  if (!declared) return false
  const method = name.split('.')[1]
  return method === undefined || Reflect.get(declared, method) !== undefined
}

async function endsWithReason(name: string, call: (signal: AbortSignal) => unknown): Promise<void> {
  const reason = new Error('left')
  try {
    await call(AbortSignal.abort(reason))
  } catch (error) {
    assert(
      error === reason,
      `${name} with an aborted signal threw ${print(error)}, not the reason of the signal`,
    )
    return
  }
  fail(`${name} with an aborted signal went through`)
}
