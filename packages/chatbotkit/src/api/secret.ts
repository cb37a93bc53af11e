/**
 * What the vendor's modules `contact/secret` and `contact/secret/v1` export, and the rest of the face.
 *
 * @packageDocumentation
 */
export * from './index.ts'
export { SecretClient as default } from './sub-clients.ts'
