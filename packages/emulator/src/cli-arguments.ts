/// <reference types="node" />
import { parseArgs } from 'node:util'
import { nearest } from './strict-names.ts'

/** What the command line asks for. */
export interface CliArguments {
  readonly port: number
  readonly host: string
  /** A file with the records to start with, in the place of the sample data. */
  readonly seed: string | undefined
  readonly empty: boolean
  readonly log: boolean
}

/** What the command line comes to: a server, a text to show, or a line that says what is wrong with it. */
export type ReadArguments =
  | { readonly kind: 'serve'; readonly options: CliArguments }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'wrong'; readonly message: string }

const OPTIONS = {
  port: { type: 'string', default: '4010' },
  host: { type: 'string', default: '127.0.0.1' },
  seed: { type: 'string' },
  empty: { type: 'boolean', default: false },
  log: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', short: 'v', default: false },
} as const

/** What `--help` prints. */
export const HELP = `anycontact-emulator: serves the emulated APIs of all four vendors on one port, with sample data, until stopped

  --port <number>   the port to serve on (default 4010; 0 takes a free one)
  --host <address>  the address to serve on (default 127.0.0.1, this machine alone; 0.0.0.0 for every network)
  --seed <file>     start with the records of a JSON file: { "chatbotkit": [...], "cognipeer": [...],
                    "channelInbox": [...], "contactMethods": [...] }, all or some; no sample data then
  --empty           start without any data
  --log             print one line for each request: time, vendor, method, path, status, milliseconds
  --help, -h        show this text
  --version, -v     show the version

The served address itself, opened in a browser, says what is there. POST /emulator/reset puts everything back to the start,
POST /emulator/faults makes coming requests go wrong.
Ctrl+C ends it. The exit code is 0, 1 when it cannot serve, or 2 when the command line is wrong.
`

/** Reads the command line's arguments, without the program. */
export function readArguments(args: readonly string[]): ReadArguments {
  const { values, tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  for (const token of tokens) {
    if (token.kind === 'positional') return wrong(`Unexpected argument ${token.value}.`)
    if (token.kind !== 'option') continue
    if (!isOption(token.name)) return wrong(unknownOption(token.name, token.rawName))
    const takesValue = OPTIONS[token.name].type === 'string'
    // `--port --log` would be a port called "--log".
    const isMissing = !token.value || (token.inlineValue === false && token.value.startsWith('-'))
    if (takesValue && isMissing) return wrong(`${token.rawName} wants a value.`)
    if (!takesValue && token.value !== undefined) return wrong(`${token.rawName} takes no value.`)
  }
  if (values.help === true) return { kind: 'help' }
  if (values.version === true) return { kind: 'version' }
  const port = String(values.port)
  if (!/^\d+$/.test(port) || Number(port) > 65_535)
    return wrong(`--port ${port} is no port: a whole number from 0 to 65535.`)
  const options = {
    port: Number(port),
    host: String(values.host),
    seed: typeof values.seed === 'string' ? values.seed : undefined,
    empty: values.empty === true,
    log: values.log === true,
  }
  if (options.seed !== undefined && options.empty) return wrong('--seed and --empty exclude each other.')
  return { kind: 'serve', options }
}

function wrong(message: string): ReadArguments {
  return { kind: 'wrong', message: `${message} --help shows what there is.` }
}

function isOption(name: string): name is keyof typeof OPTIONS {
  return Object.hasOwn(OPTIONS, name)
}

function unknownOption(name: string, written: string): string {
  const known = Object.keys(OPTIONS)
  const near = known.find((option) => name.length > 1 && option.startsWith(name)) ?? nearest(name, known)
  const longer = known.find((option) => name.startsWith(option))
  const hint = near ?? longer
  return `Unknown option ${written}.${hint === undefined ? '' : ` Did you mean --${hint}?`}`
}
