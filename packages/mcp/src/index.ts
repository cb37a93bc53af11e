/**
 * Contacts as tools of the Model Context Protocol.
 *
 * @packageDocumentation
 */
export {}
