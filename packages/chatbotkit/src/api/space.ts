/**
 * What the vendor's modules `contact/space` and `contact/space/v1` export, and the rest of the face.
 *
 * @packageDocumentation
 */
export * from './index.ts'
export { SpaceClient as default } from './sub-clients.ts'
