import type { AnyAdapter } from '../adapter/adapter.ts'
import type { Capabilities, OperationName } from '../adapter/capabilities.ts'
import type { ListQuery } from '../model/query.ts'
import type { DeclaredOperation } from './adapter-types.ts'
import type { ClaimsOf, Declares } from './claims.ts'
import type { QueryPlan } from './explain.ts'
import type { CapableAdapter, ClaimsOfNeeds, NeededAdapter } from './needed-adapter.ts'
import type { Needed, NeededOperation } from './needs.ts'
import type { Operations } from './operations.ts'

export type { Operations } from './operations.ts'

/** What every client has, whatever its provider can do. */
export interface ContactsBase<A extends AnyAdapter = AnyAdapter> {
  /** Short name of the provider, for example `chatbotkit`. */
  readonly provider: A['provider']
  /** What the provider can do, as its adapter declares it. */
  readonly capabilities: A['capabilities']
  /** The vendor-shaped client underneath. */
  readonly api: A['api']
  /**
   * Tells whether the provider has an operation, and narrows the client's type to one that has it.
   *
   * @example
   * ```ts
   * if (contacts.supports('delete')) await contacts.delete(id)
   * ```
   */
  supports(operation: DeclaredOperation<A>): true
  /** As above, of an operation that the provider may not have. */
  supports<Op extends OperationName>(operation: Op): this is ContactsWith<Op>
  /** Tells which parts of a listing the provider does and which are done here; sends nothing. */
  explain(query?: ListQuery): QueryPlan
}

/**
 * The client of one provider: exactly the operations that its adapter declares. Calling another does not compile; at run
 * time it throws `unsupported`. An adapter's package names its client, so that users can too:
 * `export interface CrmContacts extends Contacts<CrmAdapter> {}`.
 *
 * @typeParam A - the adapter
 */
export type Contacts<A extends AnyAdapter> = ContactsBase<A> &
  Declares<ClaimsOf<A>> &
  Pick<Operations<A>, DeclaredOperation<A>>

/** The capabilities of a provider that can do everything. */
export type EveryCapability = {
  readonly [Op in OperationName]-?: Op extends
    | 'conversations'
    | 'comments'
    | 'files'
    | 'activities'
    | 'avatar'
    | 'notifications'
    | 'contactMethods'
    ? Required<NonNullable<Capabilities[Op]>>
    : NonNullable<Capabilities[Op]> & (Op extends `${string}Many` ? { readonly atomic: true } : unknown)
}

/**
 * Any client that can do what is needed: what provider-agnostic code asks for, and all that it can then do.
 *
 * Names of operations, `ContactsWith<'list' | 'upsert'>`, say that they are there, and no more. Contacts can then be named by
 * id, and by any other key where a call passes `{ scan: true }`; an upsert can go by any key, a write can have any field.
 * Whether the provider has that key or field is known when the call is made.
 *
 * {@link ContactsNeeds} say which keys and fields as well. A provider that lacks one is then an error where the client is
 * passed, and what was not stated is an error where it is used.
 *
 * @typeParam N - names of operations, or needs by operation
 *
 * @example
 * ```ts
 * type Leads = ContactsWith<{ find: 'email'; create: 'name' | 'email'; list: true }>
 *
 * async function addLead(contacts: Leads, name: string, email: string) {
 *   return (await contacts.find({ email })) ?? (await contacts.create({ name, email }))
 * }
 * ```
 */
export type ContactsWith<N extends Needed> = ContactsBase<CapableAdapter<NeededOperation<N>>> &
  Declares<ClaimsOfNeeds<N>> &
  Pick<Operations<NeededAdapter<N>>, NeededOperation<N>>
