import type { SyncClient } from '../../project/plan.ts'

/** A client in which some members are others, or are not there. */
export function changedClient(client: SyncClient, members: Partial<SyncClient>): SyncClient {
  return new Proxy(client, {
    get: (target, name) => Reflect.get(Object.hasOwn(members, name) ? members : target, name),
  })
}

/** A client that can only list, so that nothing but its listing tells who is gone. */
export function listOnly(client: SyncClient): SyncClient {
  return new Proxy(client, {
    get: (target, name) => (name === 'get' ? undefined : Reflect.get(target, name)),
  })
}
