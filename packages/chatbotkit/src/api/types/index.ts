export type * from './client.ts'
export type * from './contacts.ts'
export type * from './resources.ts'
