/**
 * The program `anycontact-emulator`, for programs that have it as one of their commands; Node alone.
 *
 * @packageDocumentation
 */
export { type CliOutput, type CliResult, runCli } from './cli.ts'
export { createSampleEmulator } from './sample-data.ts'
