import type { ConsoleHooks, FetchFunction } from '@anycontact/core'
import * as local from '@anycontact/emulator'
import type { Host } from '../host.ts'
import { ADAPTERS, type AdapterOptions } from './adapters.ts'
import type { AdapterName, Config } from './config.ts'

/** Where `anycontact emulator` listens. */
export const EMULATOR_URL = 'http://127.0.0.1:4010'

/** Emulators are on this machine: they answer at once. */
const ANSWERS_WITHIN_MS = 2_000

/** The emulators, as providers of a configuration. */
export interface EmulatedProviders {
  readonly config: Config
  /** Where they are; absent where they are in this process, with data that is gone afterwards. */
  readonly url: string | undefined
}

/**
 * Makes a configuration of the four emulators: those that listen at `ANYCONTACT_EMULATOR_URL` or at port 4010 of this machine, else
 * new ones in this process, with sample data.
 */
export async function emulatedProviders(
  host: Host,
  hooks: Partial<ConsoleHooks> = {},
): Promise<EmulatedProviders> {
  // A variable that is empty is not set.
  const given = host.env.ANYCONTACT_EMULATOR_URL || undefined
  const url = given ?? EMULATOR_URL
  const isThere = given !== undefined || (await answers(url, host))
  const { clock } = host
  const around = { ...hooks, clock, fetch: isThere ? host.fetch : await inProcess() }
  const options: Readonly<Record<Exclude<AdapterName, 'memory'>, AdapterOptions>> = {
    chatbotkit: { secret: local.CHATBOTKIT_SECRET, baseUrl: url, ...around },
    cognipeer: {
      token: local.COGNIPEER_TOKEN,
      hookId: local.COGNIPEER_HOOK_ID,
      baseUrl: `${url}/v1`,
      ...around,
    },
    'channel-inbox': { apiKey: local.CHANNEL_INBOX_API_KEY, baseUrl: url, ...around },
    'contact-methods': {
      apiKey: local.CONTACT_METHODS_API_KEY,
      environment: 'test',
      baseUrl: url,
      ...around,
    },
  }
  return {
    config: {
      providers: {
        chatbotkit: () => ADAPTERS.chatbotkit(options.chatbotkit),
        cognipeer: () => ADAPTERS.cognipeer(options.cognipeer),
        'channel-inbox': () => ADAPTERS['channel-inbox'](options['channel-inbox']),
        'contact-methods': () => ADAPTERS['contact-methods'](options['contact-methods']),
      },
      // So that the first command of somebody who has nothing yet prints contacts.
      default: 'chatbotkit',
    },
    url: isThere ? url : undefined,
  }
}

async function inProcess(): Promise<FetchFunction> {
  const { createSampleEmulator } = await import('@anycontact/emulator/command')
  return createSampleEmulator().fetch
}

/** Whether emulators listen there. Somebody else's server does not answer with their front page. */
async function answers(url: string, { fetch, signal }: Host): Promise<boolean> {
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json' },
      // Whatever listens there may be no server of pages at all, and say nothing.
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
    })
    const body = await response.text()
    return response.ok && body.includes('chatbotkit')
  } catch {
    signal.throwIfAborted()
    return false
  }
}
