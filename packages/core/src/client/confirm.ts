import type { Contact } from '../model/contact.ts'
import type { ContactWrite } from '../model/input.ts'
import { type Call, createContext, type Runtime } from './runtime.ts'
import { type Deviation, findDeviations } from './stored.ts'
import { dropFields, withoutIndex } from './unstorable.ts'

const REASONS: Readonly<Record<Exclude<Deviation['kind'], 'rewritten'>, string>> = {
  empty: 'the provider took the write and did not keep it',
  old: 'the provider took the write and kept the old value',
  cut: 'the provider kept only the beginning of it',
}

/**
 * Sees to it that what was written is what is stored: the answer to a write is compared with it, field by field.
 *
 * What was not kept is `unsupported_field`, with `applied: 'yes'` and the contact's id, so that nobody creates the contact again; a
 * warning where the client was told to go on without such fields. Another spelling is the warning `rewritten_field`. Where only a
 * read can tell, it is read once more, and an old value that is still shown is the warning `unconfirmed`.
 *
 * @param contact - the answer to the write
 * @param before - the contact before it, where it is known
 * @returns the contact as it was read last
 */
export async function confirmStored(
  runtime: Runtime,
  write: ContactWrite,
  contact: Contact,
  call: Call,
  before?: Contact | undefined,
): Promise<Contact> {
  const { adapter } = runtime
  let latest = contact
  let deviations = findDeviations(adapter, write, latest, before)
  if (adapter.writesAnswer === 'id' && deviations.some(({ kind }) => kind !== 'rewritten') && adapter.get) {
    latest = await adapter.get({ key: 'id', value: contact.id }, createContext(runtime, call))
    deviations = findDeviations(adapter, write, latest, before)
  }
  if (deviations.length > 0) report(runtime, call, latest, deviations)
  return latest
}

function report(runtime: Runtime, call: Call, { id }: Contact, deviations: readonly Deviation[]): void {
  const { adapter, policy } = runtime
  const { operation } = call.scope
  const { provider } = adapter
  const isLagging = (kind: Deviation['kind']): boolean => kind === 'old' && adapter.writesAnswer === 'id'
  const warn = (code: 'rewritten_field' | 'unconfirmed', field: string, what: string): void =>
    policy.onWarning?.({ code, provider, operation, field, message: `${provider} ${what} ${field}.` })
  const lost: { readonly path: string; readonly reason: string }[] = []
  for (const { path, kind } of deviations) {
    if (call.scope.wasDropped(path)) continue
    if (kind === 'rewritten') warn('rewritten_field', path, 'stores another spelling of')
    else if (isLagging(kind)) warn('unconfirmed', path, 'still shows the old value of')
    else {
      lost.push({ path, reason: REASONS[kind] })
      if (kind === 'empty') call.batch?.notKept.set(withoutIndex(path), REASONS[kind])
    }
  }
  const advice = `What else was written is in force: the contact has the id ${id}. Do not create it again; leave the field out, or pass unsupportedFields: 'drop'.`
  dropFields(runtime, operation, lost, 'yes', advice)
}
