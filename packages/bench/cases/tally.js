/**
 * The names that the server's contacts have, in turn. They are in several scripts, so that a character whose bytes arrive in two pieces
 * is met, and seen when it is damaged.
 */
export const NAMES = [
  'Ana Souza',
  'Zoë Müller',
  'Jürgen Groß',
  'Дмитрий Иванов',
  '山田 太郎',
  'José Ñuñez 🦊',
  'Łukasz Żak',
  'Mary Jane Smith',
]

/** Counts contacts that come in order, and those whose name is not as it was stored. */
export class Tally {
  items = 0
  damaged = 0

  /** @param {string | null | undefined} name */
  add(name) {
    if (name !== NAMES[this.items++ & 7]) this.damaged++
  }

  outcome() {
    return { items: this.items, damaged: this.damaged }
  }
}
