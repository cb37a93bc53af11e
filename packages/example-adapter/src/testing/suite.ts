import type { ConformanceSettings } from '@anycontact/conformance'
import { type AnyAdapter, createContacts, createTestClock } from '@anycontact/core/adapter-kit'
import { exampleCrmAdapter } from '../index.ts'
import { canonical } from '../mapping.ts'
import { createServer, TOKEN } from './server.ts'
import { ACCOUNT } from './setup.ts'

/**
 * What the conformance suite is called with.
 *
 * @param change - makes another adapter of ours, for tests that see the suite fail. @default ours
 */
export function conformanceSettings(
  change: (adapter: AnyAdapter) => AnyAdapter = (adapter) => adapter,
): ConformanceSettings {
  return {
    create(policy, slow) {
      // On this clock nobody waits for the turn of a search.
      const clock = createTestClock({ waits: 'pass' })
      const { fetch } = createServer({ now: clock.now })
      const ours = exampleCrmAdapter({ token: TOKEN, account: ACCOUNT, fetch: slow(fetch), clock, ...policy })
      const deletedContact = async () => {
        const { id } = await createContacts(ours).create({ name: 'Gone' })
        await createContacts(ours).delete(id)
        return id
      }
      const adapter = change(ours)
      return {
        contacts: createContacts(adapter, { clock, ...policy }),
        adapter,
        fixtures: { deletedContact },
        endpoint: { path: '/people', answers: (answer) => Array.isArray(Object(answer).people) },
      }
    },
    unique: ['email', 'externalId'],
    normalize: {
      email: (written) => canonical('email', written),
      phone: (written) => canonical('phone', written),
    },
    sample: {
      contactMethods: (n) => [
        { type: 'email', value: `Zoe.${n}@example.com`, primary: true },
        { type: 'phone', value: `+1 415 555 ${1000 + n}`, primary: true },
        { type: 'mobile', value: `+1415556${1000 + n}`, primary: true },
        { type: 'fax', value: `+1415557${1000 + n}`, primary: true },
      ],
      customFields: (n) => ({
        plan: `pro ${n}`,
        seats: n + 0.5,
        vip: n % 2 === 0,
        since: new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString(),
      }),
    },
  }
}
