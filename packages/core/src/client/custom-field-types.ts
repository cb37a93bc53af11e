import type { AnyAdapter } from '../adapter/adapter.ts'
import type { CustomFieldType } from '../adapter/capabilities.ts'
import type { Contact } from '../model/contact.ts'
import type { JsonObject } from '../model/json.ts'

/** Custom fields declared by name and type, as `capabilities.customFields` has them. */
export type DeclaredFields = Readonly<Record<string, CustomFieldType>>

type ValueOf<Type extends CustomFieldType> = Type extends 'number'
  ? number
  : Type extends 'boolean'
    ? boolean
    : string

/** Declared custom fields as they are read; one without a value is absent. A date is an ISO 8601 string. */
export type CustomFieldValues<Declared extends DeclaredFields> = {
  -readonly [Name in keyof Declared]?: ValueOf<Declared[Name]>
}

/** Declared custom fields as they are written: `undefined` leaves one alone, `null` clears it. A date is an ISO 8601 string. */
export type CustomFieldsInput<Declared extends DeclaredFields> = {
  readonly [Name in keyof Declared]?: ValueOf<Declared[Name]> | null | undefined
}

/** The custom fields that an adapter declares; `never` when it declares none, so that any can be there. */
export type DeclaredFieldsOf<A extends AnyAdapter> = A['capabilities'] extends {
  readonly customFields: infer Declared extends DeclaredFields
}
  ? Declared
  : never

/** A contact of a provider whose custom fields are declared. */
export interface ContactWithFields<Raw, Fields extends JsonObject> extends Contact<Raw> {
  /** The declared custom fields; `{}` when none has a value. */
  customFields: Fields
}

/** A contact with the custom fields that are declared, or with any. */
export type DeclaredContact<Raw, Declared extends DeclaredFields> = [Declared] extends [never]
  ? Contact<Raw>
  : CustomFieldValues<Declared> extends infer Fields extends JsonObject
    ? ContactWithFields<Raw, Fields>
    : never
