import type { Capabilities, RefKey, WritableField } from '@anycontact/core'

// What a client's type tells of what it can do. A client of any provider tells nothing: there it is checked when the sync is defined.

type CapabilitiesOf<Client> = Client extends { readonly capabilities: infer Can extends Capabilities }
  ? Can
  : Capabilities

/** Whether a client's type tells what its provider can do: then it is a literal, down to the size of a page. */
export type IsTold<Client> =
  CapabilitiesOf<Client> extends { readonly list: { readonly maxPageSize: infer Size } }
    ? number extends Size
      ? false
      : true
    : false

type Operation = 'get' | 'find' | 'create' | 'update' | 'upsert' | 'delete'

type CapabilityOf<Client, Op extends keyof Capabilities> =
  CapabilitiesOf<Client> extends { readonly [Name in Op]: infer Can } ? Can : undefined

type FieldsOf<Client, Op extends Operation> =
  CapabilityOf<Client, Op> extends { readonly fields: readonly (infer Field)[] }
    ? Extract<Field, WritableField>
    : never

type KeysOf<Client, Op extends Operation> =
  | (CapabilityOf<Client, Op> extends { readonly by: readonly (infer Key)[] } ? Extract<Key, RefKey> : never)
  | (CapabilityOf<Client, Op> extends { readonly scan: readonly (infer Key)[] }
      ? Extract<Key, RefKey>
      : never)

/** The operations of these that a client has not. */
export type LackingOf<Client, Needed extends Operation> = {
  [Op in Needed]: Op extends keyof CapabilitiesOf<Client> ? never : Op
}[Needed]

/** The fields that a side can hold: those that some write of it stores. One that is only read shows those that it names, or any. */
export type HeldBy<Client> =
  Extract<keyof CapabilitiesOf<Client>, 'create' | 'update' | 'upsert'> extends never
    ? Client extends { readonly fields: readonly (infer Field)[] }
      ? Extract<Field, WritableField>
      : Exclude<WritableField, 'id'>
    : FieldsOf<Client, 'create'> | FieldsOf<Client, 'update'> | FieldsOf<Client, 'upsert'>

/** The fields that a side can change. */
export type ChangedBy<Client> = FieldsOf<Client, 'update'>

/** The keys that a side stores with a create, and finds contacts by. */
export type WritableKeyOf<Client> = Extract<
  FieldsOf<Client, 'create'>,
  KeysOf<Client, 'find'> | KeysOf<Client, 'get'> | KeysOf<Client, 'upsert'>
>

/** The keys that a side shows of its contacts; every contact has something to go by as its id. */
export type ReadableKeyOf<Client> =
  | 'id'
  | 'externalId'
  | Extract<HeldBy<Client> | KeysOf<Client, 'find'> | KeysOf<Client, 'get'>, RefKey>

/** The custom fields that a side declares by name; `never` where any name goes. */
export type DeclaredBy<Client> =
  CapabilityOf<Client, 'customFields'> extends infer Declared
    ? Declared extends Readonly<Record<string, unknown>>
      ? Extract<keyof Declared, string>
      : never
    : never

/** The types of contact methods that a side has one fixed place for each; `never` where it has a list. */
export type SlotsOf<Client> =
  CapabilityOf<Client, 'update'> extends { readonly slots: readonly (infer Type)[] } ? Type : never
