import { command } from '../command.ts'
import { HOW_TO_CONFIGURE } from '../config/how-to.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import { explain } from '../errors/explain.ts'
import type { Host } from '../host.ts'
import { capabilityTable } from '../output/capability-table.ts'
import { isJson } from '../output/format.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { type OpenProvider, Session } from '../session.ts'

/** `anycontact providers`: what is configured, and what it can do. */
export function providersCommand(host: Host) {
  return command({
    name: 'providers',
    summary: 'Shows what each configured provider can do; without any, how to configure one.',
    examples: [
      { line: 'anycontact providers --emulator', what: 'What the four providers can do:' },
      {
        line: "anycontact providers --json | jq '.capabilities.list.where'",
        what: 'What each filters itself, for programs:',
      },
    ],
  })
    .option('--json', 'one provider a line as JSON, as in a pipe')
    .addHelpText('after', `\nTo configure:\n\n${HOW_TO_CONFIGURE}`)
    .action(async (options) => {
      const session = new Session(host, options)
      const configured = await session.configured()
      const asJson = isJson(options, host.stdout)
      if (!configured) {
        const to = asJson ? host.stderr : host.stdout
        await to.write(`Nothing is configured here.\n\n${HOW_TO_CONFIGURE}`)
        return
      }
      const opened: OpenProvider[] = []
      const problems: string[] = []
      for (const name of Object.keys(configured.config.providers)) {
        try {
          opened.push(await session.open(name))
        } catch (error) {
          problems.push(`${safeText(name)}: ${explain(error, options.verbose ?? false).text}`)
        }
      }
      if (asJson) {
        for (const { name, contacts } of opened) {
          const { provider, capabilities } = contacts
          await host.stdout.write(jsonLine({ name, provider, capabilities }))
        }
      } else if (opened.length > 0) await host.stdout.write(capabilityTable(opened, host))
      for (const problem of problems) await host.stderr.write(`${problem}\n`)
      if (problems.length > 0) throw new Ended(EXIT.failed)
    })
}
