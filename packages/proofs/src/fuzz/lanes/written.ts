import fc from 'fast-check'
import { checkKept, mustRefuse } from '../kept.ts'
import { type Lane, lane, member, outcomeOf, type Verdict, Wrong } from '../lane.ts'
import { contact, moods } from '../people.ts'
import { call, openWorld, type ProviderName, providerNames, supports, type World } from '../world.ts'

const OPERATIONS = ['create', 'update', 'upsert'] as const

/** An id that every provider takes. */
const ID = '0a3c5b52-5b6f-4f0e-9c1d-1f2e3d4c5b6a'

const writes = fc.record({
  provider: fc.constantFrom(...providerNames),
  operation: fc.constantFrom(...OPERATIONS),
  input: moods.chain(contact),
  before: fc.oneof(fc.constant({}), contact('good')),
  isThere: fc.boolean(),
  unsupportedFields: fc.constantFrom('drop', 'drop', 'throw'),
})

/** Contacts of every kind, written and read back. */
export const written: Lane = lane(
  'written',
  writes,
  async ({ provider, operation, input, before, isThere, ...options }) => {
    const world = openWorld(provider, { unsupportedFields: 'drop' })
    const { client } = world
    if (!supports(client, operation)) return 'refused'
    const key = keyOf(provider, input)
    const isNew = operation === 'create' || (operation === 'upsert' && !isThere)
    const id = isNew ? undefined : await stored(world, { email: 'first@example.com', ...before, ...key })
    if (!isNew && id === undefined) return 'refused'
    const full =
      operation === 'upsert'
        ? { ...input, ...key }
        : { ...(provider === 'contact-methods' && isNew && key), ...input }
    const args =
      operation === 'update'
        ? [id, full, options]
        : [full, operation === 'upsert' ? { ...options, by: Object.keys(key)[0], scan: true } : options]
    world.begin()
    // That a contact would have no address left can depend on what is there.
    const outcome = await outcomeOf(() => call(client, operation, args), world.writes)
    const reason = mustRefuse(full)
    if ('error' in outcome) return refused(outcome.error, reason, world)
    if (reason !== undefined) throw new Wrong(`was taken, although ${reason}`)
    const made = operation === 'upsert' ? member(outcome.given, 'contact') : outcome.given
    const warned = new Set(world.warned)
    // There was nothing to clear, and a provider may fill in a field.
    const isWritten = ([, value]: readonly [string, unknown]): boolean => !isNew || value !== null
    const wanted = Object.fromEntries(Object.entries(full).filter(isWritten))
    checkKept(wanted, await call(client, 'get', [member(made, 'id')]), warned)
    return 'taken'
  },
)

/** By what a provider is told whom to upsert. */
function keyOf(provider: ProviderName, input: object): object {
  if (provider === 'contact-methods') return { id: ID }
  if (provider === 'channel-inbox') return { email: Reflect.get(input, 'email') ?? 'ana@example.com' }
  return { externalId: Reflect.get(input, 'externalId') ?? 'user-42' }
}

/** An error is one more way to say that something was not kept; what cannot be sent is refused before. */
function refused(error: unknown, reason: string | undefined, { requests }: World): Verdict {
  if (reason !== undefined && requests() > 0) {
    throw new Wrong(`was sent in ${requests()} requests, although ${reason}: ${String(error)}`)
  }
  return 'refused'
}

/** A contact that is there already: its id. `undefined` where the key is none. */
async function stored({ client }: World, contact: object): Promise<unknown> {
  const outcome = await outcomeOf(
    () => call(client, 'create', [{ ...contact, contactMethods: undefined }]),
    () => 0,
  )
  return 'given' in outcome ? member(outcome.given, 'id') : undefined
}
