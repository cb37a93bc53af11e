import type { AnyAdapter } from '../adapter/adapter.ts'
import type { RefKey } from '../model/ref.ts'

const EXTENSION = /\s*(?:;\s*ext=|\bext(?:ension)?\.?|\bx|#)\s*(\d+)\s*$/i

/**
 * The one form that stands for all spellings of a key's value: what a queue, a lookup and a check compare by. Ids and external
 * ids count byte for byte, emails without regard to case, phones by their digits and their extension, without guessing a
 * country. What the provider is known to rewrite is rewritten first.
 *
 * @param key - which key it is
 * @param value - as somebody wrote it
 * @param canonical - the spelling under which the provider stores a value. @default the value itself
 *
 * @example
 * ```ts
 * keyForm('email', 'Ana@Example.com') // 'ana@example.com'
 * keyForm('phone', '+1 (415) 555-2671 ext. 12') // '14155552671;12'
 * ```
 */
export function keyForm(
  key: RefKey,
  value: string,
  canonical: (key: RefKey, value: string) => string = (_, same) => same,
): string {
  if (key === 'phone') return phoneForm(value, (number) => canonical('phone', number))
  const stored = canonical(key, value)
  return key === 'email' ? stored.trim().toLowerCase() : stored
}

/** The form by which an adapter's provider compares keys. */
export function normalKey(adapter: AnyAdapter, key: RefKey, value: string): string {
  return keyForm(key, value, (field, text) => adapter.canonical?.(field, text) ?? text)
}

/** Tells whether two values of a key name the same contact. */
export function sameKey(adapter: AnyAdapter, key: RefKey, a: string, b: string): boolean {
  return a === b || normalKey(adapter, key, a) === normalKey(adapter, key, b)
}

/** Tells whether two values differ only in what a database column may fold: case, blanks around, composition. */
export function sameFolded(a: string, b: string): boolean {
  const fold = (text: string): string => text.normalize('NFKC').trim().toLowerCase()
  return fold(a) === fold(b)
}

function phoneForm(value: string, canonical: (number: string) => string): string {
  const extension = EXTENSION.exec(value)?.[1]
  const number = canonical(extension === undefined ? value : value.replace(EXTENSION, ''))
  const digits = number.replace(/\D/g, '')
  return `${digits === '' ? number : digits}${extension === undefined ? '' : `;${extension}`}`
}

/** Runs tasks that share a key one after the other, in the order in which they came; others run side by side. */
export class KeyQueue {
  readonly #last = new Map<string, Promise<unknown>>()

  /**
   * Runs a task when all earlier ones with any of its keys are over.
   *
   * @param keys - what the task touches
   * @param task - its failure is the caller's, and holds up nobody
   */
  async run<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const before = keys.map((key) => this.#last.get(key))
    const mine = before.some((task) => task !== undefined) ? Promise.all(before).then(task) : task()
    const over = mine.then(
      () => undefined,
      () => undefined,
    )
    // All keys are taken in one go, so that no two tasks can wait for each other.
    for (const key of keys) this.#last.set(key, over)
    try {
      return await mine
    } finally {
      for (const key of keys) {
        if (this.#last.get(key) === over) this.#last.delete(key)
      }
    }
  }
}
