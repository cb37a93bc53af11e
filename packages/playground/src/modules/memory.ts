import { type MemoryContacts, type MemoryOptions, memory as make } from '@anycontact/memory'
import { remembered } from './watch.ts'

export * from '@anycontact/memory'

/** The package's factory; the page shows what its clients hold. */
export const memory = (options?: MemoryOptions): MemoryContacts => remembered(make(options))
