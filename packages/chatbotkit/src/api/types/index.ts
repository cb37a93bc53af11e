export type * from './contacts.ts'
export type * from './resources.ts'
