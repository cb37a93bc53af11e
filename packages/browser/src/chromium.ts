import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const INSTALL =
  'Install Debian’s package `chromium`, or set CHROMIUM_PATH to the executable of a Chromium or Chrome.'

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

// Nothing but the pages of the test may be asked for, and a container gives Chromium no sandbox.
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** What of the process `findChromium` and `chromiumMissing` look at. */
export interface Machine {
  /** The environment: `CHROMIUM_PATH` and `CI` are read. */
  env: Readonly<Record<string, string | undefined>>
  /** Tells whether there is a file at a path. */
  exists: (path: string) => boolean
}

const thisMachine: Machine = { env: process.env, exists: existsSync }

/**
 * The path of a Chromium or Chrome: `CHROMIUM_PATH` if it is set, otherwise the first that is found where packages put it.
 *
 * @throws Error when `CHROMIUM_PATH` leads to no file.
 */
export function findChromium(machine: Machine = thisMachine): string | undefined {
  const chosen = machine.env.CHROMIUM_PATH
  if (!chosen) return USUAL_PATHS.find(machine.exists)
  if (!machine.exists(chosen)) throw new Error(`CHROMIUM_PATH is ${chosen}, where no file is. ${INSTALL}`)
  return chosen
}

/**
 * Why tests that need Chromium are to be skipped, or `undefined` when they are to run. With `CI` set they always run, so that
 * a machine without Chromium fails there.
 *
 * @example
 * ```ts
 * const missing = chromiumMissing()
 * if (missing) console.warn(missing)
 * describe.skipIf(missing !== undefined)('the page', () => { … })
 * ```
 */
export function chromiumMissing(machine: Machine = thisMachine): string | undefined {
  if (machine.env.CI || findChromium(machine)) return undefined
  return `Skipped: no Chromium on this machine. ${INSTALL}`
}

/**
 * Starts Chromium without a window, with an empty profile that goes when it is closed.
 *
 * @throws Error that says how to install one when there is none.
 */
export async function launchChromium(machine: Machine = thisMachine): Promise<Browser> {
  const executablePath = findChromium(machine)
  if (executablePath === undefined) throw new Error(`No Chromium on this machine. ${INSTALL}`)
  return await chromium.launch({ executablePath, headless: true, args: ARGUMENTS })
}
