import type { ValueKind } from './forms.ts'
import { isText, type Place, pathOf } from './places.ts'

/** A field that is synced: its path in the source's terms, and where it stands on each side. */
export interface Binding {
  readonly field: string
  readonly source: Place
  readonly target: Place
  readonly kind: ValueKind
}

/** Which custom fields are synced under their own names. */
export interface OpenCustomFields {
  /** Those that both sides have declared; absent where any name goes. */
  readonly declared: ReadonlySet<string> | undefined
  /** Those that are placed elsewhere, whose place is taken, or that are named in `lost`. */
  readonly without: ReadonlySet<string>
}

/** All that is synced of contacts. */
export interface Bindings {
  readonly bound: readonly Binding[]
  /** Absent where no custom fields are synced under their own names. */
  readonly open: OpenCustomFields | undefined
  /** The fields named in `lost`, in the source's terms; `customFields` stands for those without a place of their own. */
  readonly lost: readonly string[]
}

/** A field that stands at these places. */
export function bind(source: Place, target: Place): Binding {
  return { field: pathOf(source), source, target, kind: kindOf(source, target) }
}

const KINDS: Readonly<Record<string, ValueKind>> = {
  email: 'email',
  phone: 'phone',
  verifiedAt: 'time',
  tags: 'tags',
  contactMethods: 'methods',
}

function kindOf(source: Place, target: Place): ValueKind {
  for (const place of [source, target]) {
    const kind = place.kind === 'plain' ? KINDS[place.field] : undefined
    if (kind !== undefined) return kind
  }
  return isText(source) || isText(target) ? 'text' : 'json'
}

/** Whether a custom field is synced under its own name. */
export function isOpen(open: OpenCustomFields | undefined, key: string): boolean {
  return open !== undefined && !open.without.has(key) && (open.declared?.has(key) ?? true)
}
