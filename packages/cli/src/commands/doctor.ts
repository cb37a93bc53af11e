import { command, providerOption } from '../command.ts'
import { isSettings } from '../config/config.ts'
import type { Check } from '../doctor/check.ts'
import { checkLedger, checkMachine } from '../doctor/machine.ts'
import { checkAnswers, checkCredentials } from '../doctor/provider.ts'
import { ServerClock } from '../doctor/server-clock.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { UsageError } from '../errors/usage-error.ts'
import type { Host } from '../host.ts'
import { isJson } from '../output/format.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { type Style, styleOf } from '../output/style.ts'
import { type Configured, Session } from '../session.ts'

/** `anycontact doctor`: what is wrong with the surroundings of the program. */
export function doctorCommand(host: Host) {
  return command({
    name: 'doctor',
    summary: 'Checks this machine and each provider: credentials, answers, clock. Writes nothing.',
    examples: [
      { line: 'anycontact doctor', what: 'Everything that is configured:' },
      {
        line: 'anycontact doctor --provider crm && anycontact sync nightly',
        what: 'Before something else, in a script:',
      },
    ],
  })
    .addOption(providerOption())
    .option('--json', 'one check a line as JSON, as in a pipe')
    .action(async (options) => {
      const asJson = isJson(options, host.stdout)
      const style = styleOf(host, host.stdout)
      let last: string | undefined
      let wrong = 0
      const tell = async (checks: readonly Check[]): Promise<void> => {
        for (const check of checks) {
          if (check.state === 'wrong') wrong++
          const head = check.of === last ? '' : `${style.bold(safeText(check.of ?? ''))}\n`
          last = check.of
          await host.stdout.write(asJson ? jsonLine(check) : head + line(check, style))
        }
      }
      await tell(await checkMachine(host))
      const clock = new ServerClock(host.clock)
      const session = new Session({ ...host, fetch: clock.watching(host.fetch) }, options)
      const configured = await read(session)
      await tell([configurationCheck(configured)])
      if (typeof configured === 'object') {
        const { providers } = configured.config
        if (options.provider !== undefined && !Object.hasOwn(providers, options.provider))
          await session.open(options.provider)
        const { ledgerFile } = configured
        if (ledgerFile !== undefined) await tell([await checkLedger(ledgerFile, host)])
        for (const [name, provider] of Object.entries(providers)) {
          if (options.provider !== undefined && name !== options.provider) continue
          const isMade = typeof provider === 'function' || !isSettings(provider)
          const isSeen = configured.from === 'emulators' || !isMade
          const credentials = checkCredentials(name, provider, host, configured.from)
          await tell([credentials])
          if (credentials.state === 'wrong') continue
          const answers = await checkAnswers(name, async () => (await session.open(name)).contacts, host)
          await tell(answers)
          if (answers.every(({ check }) => check !== 'client')) await tell([clock.check(name, isSeen)])
        }
      }
      await host.stderr.write(
        wrong === 0 ? 'Nothing is wrong.\n' : `${wrong} ${wrong === 1 ? 'thing is' : 'things are'} wrong.\n`,
      )
      if (wrong > 0) throw new Ended(EXIT.failed)
    })
}

/** @returns a text, which says what is wrong, for a configuration that cannot be used */
async function read(session: Session): Promise<Configured | string | undefined> {
  try {
    return await session.configured()
  } catch (error) {
    if (error instanceof UsageError) return error.message
    throw error
  }
}

function configurationCheck(configured: Configured | string | undefined): Check {
  const check = 'configuration'
  if (configured === undefined) {
    return { check, state: 'wrong', message: 'Nothing is configured: `anycontact providers` tells how.' }
  }
  if (typeof configured === 'string') return { check, state: 'wrong', message: configured }
  const { config, from } = configured
  const names = Object.keys(config.providers)
  const where = from === 'variables' ? 'the environment' : from === 'emulators' ? 'the emulators' : from
  return { check, state: 'ok', message: `Providers of ${where}: ${names.join(', ')}.` }
}

const STATES = { ok: 'ok', warning: 'warning', wrong: 'wrong', unknown: '–' } as const

function line({ state, message }: Check, style: Style): string {
  const colour = { ok: style.green, warning: style.yellow, wrong: style.red, unknown: style.dim }[state]
  const word = STATES[state]
  return `  ${colour(word)}${' '.repeat(9 - word.length)}${safeText(message)}\n`
}
