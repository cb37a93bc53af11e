import { Command, Option } from '@commander-js/extra-typings'
import type { Host } from './host.ts'

/** An example of a command line, and what it is for. */
export interface Example {
  readonly line: string
  readonly what: string
}

/** What a command is described by. */
export interface CommandDescription {
  readonly name: string
  /** One sentence. */
  readonly summary: string
  /** Shown by `--help`, at least one. */
  readonly examples: readonly [Example, ...Example[]]
}

/** Makes a command of the program. */
export type CommandMaker = (
  host: Host,
) => Command<unknown[], Record<string, unknown>, Record<string, unknown>>

/** Begins a command: its description, its examples, and the options that all commands have. */
export function command(description: CommandDescription) {
  return plainCommand(description)
    .option('--config <file>', 'the configuration, if not anycontact.config of this folder')
    .option('--emulator', 'use the emulators: local stand-ins with made-up contacts')
    .option('--verbose', 'show each request, and all that is known of an error')
}

/** As `command`, for one that needs no configuration: without the options about it. */
export function plainCommand({ name, summary, examples }: CommandDescription) {
  const shown = examples.map(({ line, what }) => `  ${what}\n    $ ${line}`).join('\n')
  return new Command(name)
    .summary(summary.replace(/\.$/, ''))
    .description(summary)
    .addHelpText('after', `\nExamples:\n${shown}`)
}

/** Collects the values of an option that may be given several times. */
export function collected(value: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** The option of commands that read or write one provider. */
export function providerOption() {
  return new Option('--provider <name>', 'which provider; not needed where there is a default or only one')
}
