import type { Condition, WhereOperator } from '../model/query.ts'
import { CUSTOM_FIELDS_PREFIX } from './target.ts'

/**
 * The conditions that a provider can filter by: operators by field. `customFields.*` stands for every path in the custom
 * fields; one path can be named instead, or too.
 *
 * @example
 * ```ts
 * const where: FilterCapability = { email: ['eq', 'in'], 'customFields.*': ['eq'] }
 * ```
 */
export type FilterCapability = Readonly<Record<string, readonly WhereOperator[]>>

/** Conditions told apart by who applies them; a contact must meet both lists. */
export interface SplitConditions {
  /** What the provider filters by. */
  readonly pushed: Condition[]
  /** What is left to apply to the contacts as they come. */
  readonly residual: Condition[]
}

/**
 * Tells the conditions that the provider can filter by from those that are left to apply here. Order is kept, nothing is
 * lost or doubled.
 *
 * @param conditions - from `parseWhere`
 * @param declared - what the provider filters by; absent means nothing
 * @param canPush - asked about each declared condition; `false` keeps back one that the provider would answer differently,
 * for the sake of its value. @default every declared condition is pushed
 */
export function splitConditions(
  conditions: readonly Condition[],
  declared: FilterCapability | undefined,
  canPush: (condition: Condition) => boolean = () => true,
): SplitConditions {
  const split: SplitConditions = { pushed: [], residual: [] }
  for (const condition of conditions) {
    const pushable = isDeclared(condition, declared) && canPush(condition)
    split[pushable ? 'pushed' : 'residual'].push(condition)
  }
  return split
}

function isDeclared({ field, operator }: Condition, declared: FilterCapability = {}): boolean {
  if (operatorsFor(field, declared).includes(operator)) return true
  return (
    field.startsWith(CUSTOM_FIELDS_PREFIX) &&
    operatorsFor(`${CUSTOM_FIELDS_PREFIX}*`, declared).includes(operator)
  )
}

function operatorsFor(field: string, declared: FilterCapability): readonly WhereOperator[] {
  return (Object.hasOwn(declared, field) ? declared[field] : undefined) ?? []
}
