import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import * as channelInbox from '@anycontact/channel-inbox'
import * as chatbotkit from '@anycontact/chatbotkit'
import * as cognipeer from '@anycontact/cognipeer'
import * as contactMethods from '@anycontact/contact-methods'
import * as core from '@anycontact/core'
import * as adapterKit from '@anycontact/core/adapter-kit'
import * as formats from '@anycontact/formats'
import * as memory from '@anycontact/memory'
import * as sync from '@anycontact/sync'
import { loadConfig, loadDotenv } from 'c12'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import * as anycontact from '../index.ts'
import type { Config } from './config.ts'
import { checkConfig } from './schema.ts'

/** A configuration, and the file that it was read from. */
export interface LoadedConfig {
  readonly config: Config
  readonly file: string
}

/**
 * Reads `anycontact.config` (`.ts`, `.mts`, `.js`, `.mjs`, `.cjs`, `.json`) of the working folder, or the file that is named, and puts what a `.env` file
 * beside it has into the environment; what is there already stays. Nothing else is read: no file of the home folder, none of another place.
 *
 * @param file - named by `--config`
 * @returns nothing where there is no such file, and none was named
 * @throws UsageError for a file that cannot be read or is no configuration
 */
export async function readConfig(
  host: Pick<Host, 'cwd' | 'env'>,
  file?: string,
): Promise<LoadedConfig | undefined> {
  const cwd = file === undefined ? host.cwd : dirname(resolve(host.cwd, file))
  const fromFile = await loadDotenv({ cwd, env: {} })
  for (const [name, value] of Object.entries(fromFile)) host.env[name] ??= value
  const found = file === undefined ? await findFile(cwd) : basename(file)
  if (found === undefined) return undefined
  const path = join(cwd, found)
  if (!existsSync(path)) throw new UsageError(`There is no file ${file}.`)
  const given: unknown = found.endsWith('.json') ? await readJson(path) : await runFile(path)
  return { config: checkConfig(given, found), file: path }
}

/** The endings of configurations, in the order in which they are looked for. */
const ENDINGS = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'] as const

async function findFile(folder: string): Promise<string | undefined> {
  const files = new Set(await readdir(folder).catch(() => []))
  return ENDINGS.map((ending) => `anycontact.config.${ending}`).find((name) => files.has(name))
}

/** Reads JSON as it is; a module loader would take the member `default` for the whole. */
async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new UsageError(`${basename(path)} cannot be read.`)
  })
  try {
    return JSON.parse(text)
  } catch (error) {
    // The message has a piece of the text, in which there may be a secret.
    const at = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1]
    const line = at === undefined ? '' : `: look at line ${text.slice(0, Number(at)).split('\n').length}`
    throw new UsageError(`${basename(path)} is not JSON${line}.`)
  }
}

async function runFile(path: string): Promise<unknown> {
  const { config } = await loadConfig({
    name: 'anycontact',
    cwd: dirname(path),
    configFile: basename(path),
    rcFile: false,
    globalRc: false,
    packageJson: false,
    dotenv: false,
    giget: false,
    extend: false,
    envName: false,
    // A cache would keep what is secret in a configuration in another place.
    jitiOptions: { virtualModules: { ...BROUGHT_ALONG }, fsCache: false },
  }).catch((error: unknown) => {
    // Further lines of a message show the code; one of them says where.
    const [message = '', ...lines] = (error instanceof Error ? error.message : String(error)).split('\n')
    const at = lines.map((line) => /^\s*\S+\.\w+:(\d+):\d+$/.exec(line)?.[1]).find(Boolean)
    const where = at === undefined ? '' : ` (line ${at})`
    throw new UsageError(`${basename(path)} cannot be used: ${message.replace(/[.\s]+$/, '')}${where}.`)
  })
  return config
}

/**
 * What a configuration can import though nothing is installed beside it, as where the program was started by npx. It is given what this
 * program has loaded itself, so that there is one copy of each.
 */
const BROUGHT_ALONG: Readonly<Record<string, unknown>> = {
  anycontact,
  '@anycontact/channel-inbox': channelInbox,
  '@anycontact/chatbotkit': chatbotkit,
  '@anycontact/cognipeer': cognipeer,
  '@anycontact/contact-methods': contactMethods,
  '@anycontact/core': core,
  '@anycontact/core/adapter-kit': adapterKit,
  '@anycontact/formats': formats,
  '@anycontact/memory': memory,
  '@anycontact/sync': sync,
}
