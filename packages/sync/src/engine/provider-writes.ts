import { type Contact, ContactsError, type ContactsWarning } from '@anycontact/core'
import type { FieldValues, Side } from '../ledger/pair.ts'
import type { SyncClient } from '../project/plan.ts'
import { heldValues } from '../project/said.ts'
import type { Counts } from './counts.ts'
import { findLive } from './find-live.ts'
import { takesKeyOnce } from './keys.ts'
import type { Work } from './work.ts'

/** What every write of a sync is called with. */
interface WriteOptions {
  readonly unsupportedFields: 'drop'
  readonly onWarning: (warning: ContactsWarning) => void
  readonly deadlineMs: number
  readonly signal: AbortSignal
}

/** A contact after a write. */
export interface Stored {
  /** As it was answered last. */
  readonly contact: Contact
  /**
   * What the provider has made of what was written, and what it has besides. Where several writes were needed, each field is as its own
   * write was answered: what others have edited meanwhile is in `contact`, and is to be seen as an edit.
   */
  readonly values: FieldValues
}

/** A contact that was made. */
export interface Made extends Stored {
  /** What failed once it was there: it lacks what was to be written after that. */
  readonly error?: ContactsError
}

/** Writes for one contact, sent under a lease, with a bound on how long they can be under way. */
export class ProviderWrites {
  readonly #work: Pick<Work, 'plan' | 'settleMs' | 'lease' | 'run' | 'generations' | 'clock'>
  readonly #signal: AbortSignal
  readonly #counts: Counts
  readonly #counted = new Set<string>()

  constructor(
    work: Pick<Work, 'plan' | 'settleMs' | 'lease' | 'run' | 'generations' | 'clock'>,
    counts: Counts,
  ) {
    this.#work = work
    this.#signal = work.lease.signal
    this.#counts = counts
  }

  /** Looks for the contact of a key before one is made, where it may be there although the last generation has not shown it. */
  async look(side: Side, key: string): Promise<Contact | undefined> {
    if (!this.#mustLook(side)) return undefined
    this.#work.lease.check()
    const { signal, deadlineMs } = this.#options(new Set())
    const { [side]: client, by } = this.#work.plan
    return await findLive(client, by[side], key, { signal, deadlineMs })
  }

  /**
   * Makes a contact on a side. Where the provider upserts by the key itself, it is asked to: it takes the key once.
   *
   * @returns the contact as stored; it throws only where none was made, or it is not known
   */
  async create(side: Side, said: FieldValues, key: string): Promise<Made> {
    const values = heldValues(said)
    this.#work.lease.check()
    const { [side]: client, by } = this.#work.plan
    const upserts = takesKeyOnce(this.#work, side)
    const { early, late } = this.#split(
      side,
      values,
      upserts ? client.capabilities.upsert : client.capabilities.create,
    )
    const input = this.#work.plan.projection.input(side, early, key)
    const respelled = new Set<string>()
    const options = this.#options(respelled)
    this.#counts.add(`writes:${side}`)
    const made = upserts
      ? (await need(client, 'upsert')(input, { ...options, by: by[side] })).contact
      : await need(client, 'create')(input, options)
    try {
      const stored = await this.#kept(side, made, early, Object.keys(early), respelled)
      if (late.length === 0) return stored
      const after = await this.update(side, made.id, values, late)
      return { contact: after.contact, values: withFields(stored.values, after.values, late) }
    } catch (error) {
      if (!ContactsError.is(error)) throw error
      // It is there: taken for refused, it would be forgotten, and made again.
      return { contact: made, values: this.#work.plan.projection.values(side, made), error }
    }
  }

  /** Changes fields of a contact. @returns the contact as stored */
  async update(side: Side, id: string, values: FieldValues, fields: readonly string[]): Promise<Stored> {
    const respelled = new Set<string>()
    const contact = await this.#send(side, id, values, fields, respelled)
    return await this.#kept(side, contact, values, fields, respelled)
  }

  /**
   * Writes once more what a provider has not kept. Some answer a write with nothing but an id, so that the contact is read after it:
   * what it shows then is what the provider made of the write, or what somebody has edited in between. If it is there again, it is the
   * provider's; taken for agreed, an edit would never be seen.
   */
  async #kept(
    side: Side,
    contact: Contact,
    values: FieldValues,
    fields: readonly string[],
    respelled: ReadonlySet<string>,
  ): Promise<Stored> {
    const { projection, direction } = this.#work.plan
    const now = projection.values(side, contact)
    const others = fields.filter(
      (field) =>
        !projection.same(field, now[field], values[field]) &&
        !respelled.has(this.#placeOf(side, values, field)),
    )
    if (others.length === 0) return { contact, values: now }
    const again = await this.#send(side, contact.id, values, others, new Set())
    const after = projection.values(side, again)
    const stored = { contact: again, values: withFields(now, after, others) }
    // It was an edit that had been written over. In both directions it has the last word: it is put back, and the next run carries it over.
    const edits =
      direction === 'both'
        ? others.filter((field) => projection.same(field, after[field], values[field]))
        : []
    if (edits.length === 0) return stored
    return { ...stored, contact: await this.#send(side, contact.id, now, edits, new Set()) }
  }

  async #send(
    side: Side,
    id: string,
    values: FieldValues,
    fields: readonly string[],
    respelled: Set<string>,
  ): Promise<Contact> {
    this.#work.lease.check()
    const { projection } = this.#work.plan
    this.#counts.add(`writes:${side}`)
    const patch = projection.patch(side, values, fields)
    return await need(this.#work.plan[side], 'update')({ id }, patch, this.#options(respelled))
  }

  /** Where a field stands on a side, as warnings name it. */
  #placeOf(side: Side, values: FieldValues, field: string): string {
    const patch = this.#work.plan.projection.patch(side, values, [field])
    const [key] = Object.keys(patch.customFields ?? {})
    return key === undefined ? (Object.keys(patch)[0] ?? field) : `customFields.${key}`
  }

  /** Deletes a contact; one that is not there any more is deleted. */
  async delete(side: Side, id: string): Promise<void> {
    this.#work.lease.check()
    this.#counts.add(`writes:${side}`)
    const { signal, deadlineMs } = this.#options(new Set())
    try {
      await need(this.#work.plan[side], 'delete')({ id }, { signal, deadlineMs })
    } catch (error) {
      if (!ContactsError.is(error) || error.code !== 'not_found') throw error
    }
  }

  /** Some providers take at a change what they do not take when a contact is made. */
  #split(
    side: Side,
    values: FieldValues,
    capability: { readonly fields: readonly string[] } | undefined,
  ): { readonly early: FieldValues; readonly late: readonly string[] } {
    const early: FieldValues = {}
    const late: string[] = []
    for (const [field, value] of Object.entries(values)) {
      const [place = field] = Object.keys(this.#work.plan.projection.patch(side, values, [field]))
      if (!capability || capability.fields.includes(place)) early[field] = value
      else late.push(field)
    }
    return { early, late }
  }

  /** Whether the contact is to be looked for first, because the last reading proves nothing about what is there now. */
  #mustLook(side: Side): boolean {
    const { plan, run, generations } = this.#work
    const { find } = plan[side].capabilities
    const by = plan.by[side]
    if (plan[side].find === undefined) return false
    // In one direction it may write over what is there. In both, that is somebody's, and is merged.
    if (takesKeyOnce(this.#work, side) && plan.direction === 'one-way') return false
    const isComplete = generations[side]?.state === 'complete'
    // One request: cheap enough for what others can have made while a run was stopped.
    if (find?.by.includes(by)) return !isComplete || run.resumes > 0
    if (takesKeyOnce(this.#work, side)) return false
    // Else only the listing could tell, and it has not shown everybody. What this sync itself has made, intents tell.
    if (!isComplete) throw notShown(plan[side].provider)
    return false
  }

  /** A contact that is written several times counts once. */
  #countOnce(name: string): void {
    if (this.#counted.has(name)) return
    this.#counted.add(name)
    this.#counts.add(name)
  }

  /** @param respelled - told where the provider keeps another spelling of what is written */
  #options(respelled: Set<string>): WriteOptions {
    return {
      unsupportedFields: 'drop',
      onWarning: ({ code, field }) => {
        if (code === 'rewritten_field' && field !== undefined) {
          respelled.add(field)
          this.#countOnce(`rewritten:${withoutIndex(field)}`)
        }
        if (code === 'unsupported_field') this.#countOnce(`dropped:${withoutIndex(field ?? '')}`)
      },
      deadlineMs: this.#work.settleMs / 2,
      signal: this.#signal,
    }
  }
}

/** Nobody can tell whether the contact is there. */
function notShown(provider: string): ContactsError {
  return new ContactsError({
    code: 'bad_response',
    provider,
    operation: 'list',
    applied: 'no',
    message: `The listing of ${provider} ended before it had shown every contact, so that this one may be there already. It is made once a listing shows that it is not.`,
  })
}

/** Values with some fields as other values have them. */
function withFields(values: FieldValues, others: FieldValues, fields: readonly string[]): FieldValues {
  const kept = Object.entries(values).filter(([field]) => !fields.includes(field))
  return Object.fromEntries([...kept, ...Object.entries(others).filter(([field]) => fields.includes(field))])
}

function withoutIndex(path: string): string {
  return path.replace(/^contactMethods\.\d+(?=\.|$)/, 'contactMethods')
}

/** An operation that the definition of the sync has made sure of. */
function need<Name extends 'create' | 'update' | 'delete' | 'upsert'>(
  client: SyncClient,
  name: Name,
): NonNullable<SyncClient[Name]> {
  const method = client[name]
  if (method) return method.bind(client) as NonNullable<SyncClient[Name]> // the same method, bound
  throw new ContactsError({
    code: 'unsupported',
    provider: client.provider,
    operation: name,
    message: `${client.provider} has no ${name}, which this sync needs. Sync in one direction, or keep deletions.`,
  })
}
