import { type Example, program } from './example.ts'

const tried = `
async function attempt(what, run) {
  try {
    console.log(what, '→', await run())
  } catch (error) {
    console.error(what, error)
  }
}
`

const cannot = (supports: string, attempts: string): string => `
// In TypeScript none of these compiles. At run time each says what to do.
console.log('${supports}?', contacts.supports('${supports}'))
${tried}
${attempts.trim()}
`

/** What the provider cannot do. */
export const whatItCannotDo: Example = {
  name: 'cannot',
  label: 'What the provider cannot do',
  programs: {
    chatbotkit: program(
      'chatbotkit',
      cannot(
        'comments',
        `
await attempt('look up by email', () => contacts.find({ email: 'ana@example.com' }))
await attempt('store tags', () => contacts.create({ name: 'Ines Costa', tags: ['vip'] }))
await attempt('sort by name', () => contacts.list({ orderBy: { field: 'name' } }))

// The lookup can be had, by reading every contact, if that is asked for.
const ana = await contacts.find({ email: 'ana@example.com' }, { scan: true })
console.log(ana.name)
`,
      ),
    ),
    cognipeer: program(
      'cognipeer',
      cannot(
        'delete',
        `
const ana = await contacts.get({ externalId: 'crm-1' })
await attempt('delete', () => contacts.delete(ana))
await attempt('store a nickname', () => contacts.update(ana, { nickname: 'ana' }))
await attempt('upsert by id', () => contacts.upsert({ id: ana.id, name: 'Ana' }, { by: 'id' }))
`,
      ),
    ),
    channelInbox: program(
      'channelInbox',
      cannot(
        'contactMethods',
        `
await attempt('look up by email', () => contacts.find({ email: 'ana@example.com' }))
await attempt('store an external id', () => contacts.create({ name: 'Ines', externalId: 'user-1' }))
await attempt('upsert by external id', () =>
  contacts.upsert({ externalId: 'user-1', name: 'Ines' }, { by: 'externalId' }),
)
`,
      ),
    ),
    contactMethods: program(
      'contactMethods',
      cannot(
        'conversations',
        `
await attempt('list conversations', () => contacts.conversations.list('crm-1'))
await attempt('store a name', () => contacts.create({ id: 'client-1', name: 'Ines Costa' }))
await attempt('sort', () => contacts.list({ orderBy: { field: 'createdAt' } }))
`,
      ),
    ),
    memory: program(
      'memory',
      cannot(
        'request',
        `
await attempt('call an endpoint', () => contacts.request({ path: '/v1/bots' }))
await attempt('have the same id twice', () => contacts.create({ id: 'mem_000001', name: 'Ines Costa' }))
`,
      ),
    ),
  },
}
