import { basename, dirname, resolve } from 'node:path'
import {
  type ConsoleHooks,
  type ContactsBase,
  type ContactsWith,
  consoleHooks,
  type OperationName,
} from '@anycontact/core'
import type { Ledger } from '@anycontact/sync'
import { ADAPTER_NAMES } from './config/adapters.ts'
import type { Config } from './config/config.ts'
import { hasCredentials } from './config/credentials.ts'
import { emulatedProviders } from './config/emulators.ts'
import { openLedger } from './config/ledger.ts'
import { readConfig } from './config/load.ts'
import { openProvider } from './config/providers.ts'
import { UsageError } from './errors/usage-error.ts'
import type { Host } from './host.ts'
import { safeText } from './output/safe-text.ts'

/** What every command is given on its command line. */
export interface CommonOptions {
  readonly config?: string | undefined
  readonly emulator?: boolean | undefined
  readonly verbose?: boolean | undefined
}

/** A provider that is open. */
export interface OpenProvider {
  /** What commands call it. */
  readonly name: string
  readonly contacts: ContactsBase
}

/** What is configured. */
export interface Configured {
  readonly config: Config
  /** Where it is from: the name of a file, the `variables` of the environment, or the `emulators`. */
  readonly from: string
  /** The file in which syncs and imports keep what they know; absent where nothing is to be kept. */
  readonly ledgerFile: string | undefined
}

/** Where the ledger is, where the configuration does not say it. */
const LEDGER = '.anycontact/ledger.db'
const EMULATOR_LEDGER = '.anycontact/emulator.db'

/** A command while it runs: its configuration, and the providers that it opens. */
export class Session {
  readonly host: Host
  readonly #options: CommonOptions
  #config: Promise<Configured> | undefined
  #configured: Promise<Configured | undefined> | undefined

  constructor(host: Host, options: CommonOptions) {
    this.host = host
    this.#options = options
  }

  /**
   * What is configured: the file; without one the adapters whose variables are set; without any the emulators, where `--emulator` or the
   * person at the terminal says so.
   *
   * @throws UsageError where there is nothing to work with
   */
  async config(): Promise<Config> {
    return (await this.#read()).config
  }

  /**
   * Opens the ledger, in which syncs and imports keep what they know: a file that its owner alone can read. Emulators have one of their
   * own; for those of this process, whose contacts are gone afterwards, it is gone too.
   *
   * @param dryRun - whether nothing is to be kept: then no file is made
   */
  async openLedger({ dryRun = false }: { readonly dryRun?: boolean | undefined } = {}): Promise<Ledger> {
    const { ledgerFile } = await this.#read()
    return openLedger(ledgerFile, { dryRun, clock: this.host.clock })
  }

  /**
   * Opens a provider.
   *
   * @param name - as the configuration has it; without one the default, or the only one
   * @param option - the option that names it, for the error
   */
  async open(name: string | undefined, option = '--provider'): Promise<OpenProvider> {
    const { providers, default: standard } = await this.config()
    const names = Object.keys(providers)
    const chosen = name ?? standard ?? (names.length === 1 ? names[0] : undefined)
    if (chosen === undefined) {
      throw new UsageError(`Say which provider: ${option} ${names.join(` or ${option} `)}.`)
    }
    const provider = Object.hasOwn(providers, chosen) ? providers[chosen] : undefined
    if (provider === undefined) {
      throw new UsageError(
        `There is no provider ${chosen}; there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.`,
      )
    }
    return { name: chosen, contacts: await openProvider(chosen, provider, this.host, this.#hooks()) }
  }

  /**
   * As `open`, of a provider that must be able to do what is named.
   */
  async openWith<Op extends OperationName>(
    name: string | undefined,
    operations: Op | readonly [Op, ...Op[]],
    option?: string,
  ): Promise<{ readonly name: string; readonly contacts: ContactsWith<Op> }> {
    const opened = await this.open(name, option)
    const { contacts } = opened
    const needed: readonly Op[] = typeof operations === 'string' ? [operations] : operations
    for (const operation of needed) {
      if (contacts.supports(operation)) continue
      throw new UsageError(
        `The provider ${opened.name} cannot ${operation} contacts. \`anycontact providers\` shows what each can do.`,
      )
    }
    return { name: opened.name, contacts: contacts as typeof contacts & ContactsWith<Op> } // it supports each
  }

  /** As `config`, with where it is from; asks nobody. @returns nothing where nothing is configured */
  async configured(): Promise<Configured | undefined> {
    this.#configured ??= this.#look()
    return await this.#configured
  }

  /** With `--verbose` each request is a line on standard error. */
  #hooks(): Partial<ConsoleHooks> {
    const { stderr } = this.host
    return this.#options.verbose
      ? consoleHooks({ log: (line) => void stderr.write(`${safeText(line)}\n`) })
      : {}
  }

  #read(): Promise<Configured> {
    this.#config ??= this.#find()
    return this.#config
  }

  async #find(): Promise<Configured> {
    const configured = await this.configured()
    if (configured) return configured
    const question =
      'Nothing is configured here. Use the emulators, local stand-ins for the four providers with made-up contacts?'
    if ((await this.host.ask(question)) !== true) throw new UsageError(NOTHING_CONFIGURED)
    return await this.#emulated()
  }

  async #look(): Promise<Configured | undefined> {
    const { host } = this
    const { config: file, emulator } = this.#options
    if (emulator === true) return await this.#emulated()
    const loaded = await readConfig(host, file)
    if (loaded) {
      const { config, file } = loaded
      return { config, from: basename(file), ledgerFile: resolve(dirname(file), config.ledger ?? LEDGER) }
    }
    const adapters = ADAPTER_NAMES.filter((name) => hasCredentials(name, host.env))
    if (adapters.length === 0) return undefined
    const providers = Object.fromEntries(adapters.map((adapter) => [adapter, { adapter }]))
    return { config: { providers }, from: 'variables', ledgerFile: resolve(host.cwd, LEDGER) }
  }

  async #emulated(): Promise<Configured> {
    const { host } = this
    const { config, url } = await emulatedProviders(host, this.#hooks())
    if (url === undefined) await host.stderr.write(`${FLEETING}\n`)
    // One that was named is the one that is meant; what is found may be somebody else's.
    else if (!host.env.ANYCONTACT_EMULATOR_URL) await host.stderr.write(`Emulators: those at ${url}.\n`)
    return {
      config,
      from: 'emulators',
      ledgerFile: url === undefined ? undefined : resolve(host.cwd, EMULATOR_LEDGER),
    }
  }
}

const NOTHING_CONFIGURED =
  'Nothing is configured here: write an anycontact.config.ts, set the variables of a provider (CHATBOTKIT_SECRET for one), or try the ' +
  'emulators with --emulator. `anycontact providers --help` tells more.'

const FLEETING =
  'Emulators in this process: what is written to them is gone afterwards. `anycontact emulator` in another terminal keeps it.'
