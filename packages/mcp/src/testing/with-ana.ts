import { memory } from '@anycontact/memory'
import { connect } from './connect.ts'

/** A contact to write to. */
export const ANA = {
  externalId: 'u1',
  name: 'Ana Souza',
  email: 'ana@x.test',
  customFields: { plan: 'free', since: 3 },
}

/** A server over one contact, with a clock that is set by hand. */
export async function withAna(previewMs = 300_000) {
  const contacts = memory()
  const ana = await contacts.create(ANA)
  let time = 0
  const connected = await connect(contacts, { write: true, previewMs, clock: { now: () => time } })
  const update = {
    by: 'id',
    value: ana.id,
    changes: { email: 'ana@new.test', customFields: { plan: 'pro' } },
  }
  const wait = (ms: number): void => {
    time += ms
  }
  return { ...connected, contacts, ana, update, wait }
}
