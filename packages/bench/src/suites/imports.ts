import { measure } from '../measure/programs.ts'
import { figure, fixed, mediansOf, withRange } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import { installPeers } from './peers.ts'
import type { Suite, SuiteOptions } from './suite.ts'

const PROGRAMS = {
  nothing: 'a module of Node itself',
  ofetch: 'ofetch',
  valibot: 'valibot',
  chatbotkitSdk: '`@chatbotkit/sdk/contact`',
  hubspotSdk: '`@hubspot/api-client`',
  chatbotkitApi: '`@anycontact/chatbotkit/api`',
  cognipeerApi: '`@anycontact/cognipeer/api`',
  channelInboxApi: '`@anycontact/channel-inbox/api`',
  contactMethodsApi: '`@anycontact/contact-methods/api`',
  chatbotkit: '**`@anycontact/chatbotkit`**',
  cognipeer: '**`@anycontact/cognipeer`**',
  channelInbox: '**`@anycontact/channel-inbox`**',
  contactMethods: '**`@anycontact/contact-methods`**',
  memory: '**`@anycontact/memory`**',
}

/** A round is cheap here, and starting up varies more than running does. */
const ROUNDS_EACH = 2

/** The first import of a process: what a command or a serverless function waits for before it begins. */
async function imports({ rounds }: SuiteOptions): Promise<readonly Table[]> {
  const modules = await installPeers()
  const runs = rounds * ROUNDS_EACH
  const measured = await measure(
    Object.entries(PROGRAMS)
      .filter(([program]) => modules !== undefined || program !== 'hubspotSdk')
      .map(([program, label]) => ({ module: 'imports', program, label, environment: {} })),
    runs,
  )
  return [
    {
      id: 'imports',
      head: ['first import', 'time, ms', 'CPU, ms', 'memory of the process, MiB'],
      rows: measured.map((one) => [
        one.label,
        withRange(figure(one, 'wallMs')),
        withRange(figure(one, 'cpuMs')),
        fixed(figure(one, 'peakMiB').median, 0),
      ]),
      note: `Over what Node itself takes to start. ${mediansOf(runs)}`,
    },
  ]
}

export const importsSuite: Suite = { name: 'imports', tables: ['imports'], run: imports }
