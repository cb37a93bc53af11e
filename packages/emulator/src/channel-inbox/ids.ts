import type { Random } from '../random.ts'

/** Makes ids as the vendor's are: a prefix and a UUID. */
export type NewId = (prefix: 'con' | 'conv' | 'msg' | 'not' | 'tcu' | 'act' | 'req') => string

/** Makes a source of ids. */
export function createIds(random: Random): NewId {
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('')
  return (prefix) => `${prefix}_${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}
