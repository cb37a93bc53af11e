import { basename, dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig, loadDotenv } from 'c12'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import type { Config } from './config.ts'
import { checkConfig } from './schema.ts'

/** A configuration, and the file that it was read from. */
export interface LoadedConfig {
  readonly config: Config
  readonly file: string
}

/**
 * Reads `anycontact.config` (`.ts`, `.js`, `.mjs`, `.json`) of the working folder, or the file that is named, and puts what a `.env` file
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
  const shown = file ?? 'anycontact.config'
  const loaded = await loadConfig({
    name: 'anycontact',
    cwd,
    ...(file !== undefined && { configFile: basename(file) }),
    rcFile: false,
    globalRc: false,
    packageJson: false,
    dotenv: false,
    giget: false,
    extend: false,
    envName: false,
    // Programs that were started by npx are not installed beside the configuration, which may import them all the same.
    jitiOptions: { alias: aliases() },
  }).catch((error: unknown) => {
    throw new UsageError(`${shown} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  })
  const { _configFile: found } = loaded
  if (found === undefined) {
    if (file !== undefined) throw new UsageError(`There is no file ${file}.`)
    return undefined
  }
  return { config: checkConfig(loaded.config, basename(found)), file: found }
}

/** Where the packages that the command line brings along are found from it. */
function aliases(): Record<string, string> {
  const packages = [
    'chatbotkit',
    'cognipeer',
    'channel-inbox',
    'contact-methods',
    'memory',
    'core',
    'sync',
    'formats',
  ]
  return {
    ...Object.fromEntries(
      packages.map((name) => [
        `@anycontact/${name}`,
        fileURLToPath(import.meta.resolve(`@anycontact/${name}`)),
      ]),
    ),
    anycontact: fileURLToPath(new URL('./index.js', import.meta.url)),
  }
}
