/**
 * Cognipeer contacts behind AnyContact's one interface. `cognipeer()` makes the client; the vendor's own API under its
 * own names is in `@anycontact/cognipeer/api`.
 *
 * @packageDocumentation
 */
export * from '@anycontact/core'
export type { CognipeerClient } from './api/index.ts'
export { COGNIPEER_RATE_LIMIT } from './api/options.ts'
export type { CognipeerRecord } from './api/wire.ts'
export { type CognipeerAdapter, type CognipeerContacts, cognipeer, cognipeerAdapter } from './cognipeer.ts'
export type { CognipeerVendorFields } from './mapping.ts'
export type { CognipeerOptions } from './options.ts'
