import { unlessGoneByUs } from '../call/unless-gone.ts'
import { type ContactRef, resolveRef } from '../model/ref.ts'
import { keyName, targetOf } from './lookup.ts'
import { type Call, createContext, nativeMethod, type Runtime } from './runtime.ts'
import { inTurn } from './writes.ts'

/**
 * Deletes a contact. That it is gone already is a failure, unless an earlier attempt of this very call, whose answer was lost, may
 * have deleted it.
 */
export async function deleteContact(runtime: Runtime, ref: ContactRef, call: Call): Promise<void> {
  const { key, value } = resolveRef(ref, runtime.adapter.provider)
  await inTurn(runtime, [keyName(runtime.adapter, key, value)], call.scope, async () => {
    const target = await targetOf(runtime, 'delete', ref, call)
    const remove = nativeMethod(runtime, 'delete', runtime.adapter.delete)
    await unlessGoneByUs(() => remove.call(runtime.adapter, target, createContext(runtime, call)))
  })
}
