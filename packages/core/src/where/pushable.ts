import type { Condition, WhereOperator } from '../model/query.ts'
import { CUSTOM_FIELDS_PREFIX } from './target.ts'

/**
 * The conditions that a provider can filter by: operators by field. `customFields.*` stands for every path in the custom
 * fields; one path can be named instead, or too.
 *
 * `customFields.a.b` means the key `a.b` first, and `b` in the object `a` else. A provider that knows only one of the two would
 * lose contacts: its adapter leaves paths with a dot out in `planWhere`.
 *
 * @example
 * ```ts
 * const where: FilterCapability = { email: ['eq', 'in'], 'customFields.*': ['eq'] }
 * ```
 */
export type FilterCapability = Readonly<Record<string, readonly WhereOperator[]>>

/**
 * Tells whether a provider can filter by a condition.
 *
 * @param declared - what it filters by
 */
export function pushable({ field, operator }: Condition, declared: FilterCapability): boolean {
  if (operatorsFor(field, declared).includes(operator)) return true
  return (
    field.startsWith(CUSTOM_FIELDS_PREFIX) &&
    operatorsFor(`${CUSTOM_FIELDS_PREFIX}*`, declared).includes(operator)
  )
}

function operatorsFor(field: string, declared: FilterCapability): readonly WhereOperator[] {
  return (Object.hasOwn(declared, field) ? declared[field] : undefined) ?? []
}
