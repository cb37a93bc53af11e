/**
 * Contacts as tools of the Model Context Protocol.
 *
 * @packageDocumentation
 */
export type { ContactsServerOptions } from './options.ts'
export type { RandomBytes } from './random-text.ts'
export { createContactsServer } from './server.ts'
export { type ServeStdioOptions, serveStdio } from './stdio.ts'
