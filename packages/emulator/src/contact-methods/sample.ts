import type { ContactMethodsSeed } from './record.ts'
import type { ContactMethodsEmulator } from './server.ts'

const ANA = '11111111-1111-4111-8111-111111111111'
const BO = '22222222-2222-4222-8222-222222222222'
const CHEN = '33333333-3333-4333-8333-333333333333'

const METHODS: readonly ContactMethodsSeed[] = [
  { clientId: ANA, type: 'email', value: 'ana.souza@example.com', label: 'Personal', isPrimary: true },
  {
    clientId: ANA,
    type: 'email',
    value: 'ana@empresa.example',
    label: 'Trabajo',
    externalId: 'crm-ana-work',
  },
  { clientId: ANA, type: 'mobile', value: '+52 55 1234 5678', isPrimary: true },
  { clientId: BO, type: 'phone', value: '+52 81 8765 4321', label: 'Recepción', isPrimary: true },
  { clientId: BO, type: 'fax', value: '+52 81 8765 4322' },
  { clientId: CHEN, type: 'email', value: 'chen@example.mx', isPrimary: true, metadata: { source: 'crm' } },
  { clientId: CHEN, type: 'other', value: 'wechat: chen-mx' },
]

const HOUR_MS = 3_600_000

/**
 * Fills a server with contact methods of three clients, in the environment `test`.
 *
 * @param now - milliseconds since the epoch; the methods are an hour apart before it
 * @returns how many contact methods there are
 */
export function seedContactMethodsSample(contactMethods: ContactMethodsEmulator, now: number): number {
  return contactMethods.seed(
    METHODS.map((method, at) => {
      const createdAt = new Date(Math.trunc(now) - (METHODS.length - at) * HOUR_MS).toISOString()
      const isVerified = method.type === 'email' && method.isPrimary === true
      return { createdAt, isVerified, verifiedAt: isVerified ? createdAt : null, ...method }
    }),
  ).length
}
