/**
 * What the vendor's modules `contact/task` and `contact/task/v1` export, and the rest of the face.
 *
 * @packageDocumentation
 */
export * from './index.ts'
export { TaskClient as default } from './sub-clients.ts'
