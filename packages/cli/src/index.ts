/**
 * The command line of AnyContact, and what its configuration is written with.
 *
 * @packageDocumentation
 */
export {}
