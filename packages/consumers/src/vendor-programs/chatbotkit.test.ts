import { CHATBOTKIT_SECRET, createEmulator, type EmulatorServer } from '@anycontact/emulator'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { migrated, original, programsOf, type VendorProject } from './project.ts'

/** A program with names that only the vendor's documentation has, not the version of its package that is on the registry. */
const DOCUMENTED = 'documented'

const names = programsOf('chatbotkit').filter((name) => name !== DOCUMENTED)

const BEARER = `Bearer ${CHATBOTKIT_SECRET}`
const JSON_TYPE = 'application/json'

let ours: VendorProject
let theirs: VendorProject

beforeAll(() => {
  ours = migrated('chatbotkit')
  theirs = original('chatbotkit', names, '@chatbotkit/sdk')
})
afterAll(() => {
  ours.remove()
  theirs.remove()
})

describe.each(['Bundler', 'NodeNext'] as const)('the programs of ChatBotKit’s users, by %s', (resolution) => {
  it('compile', () => {
    expect(ours.compile(resolution)).toEqual([])
  }, 120_000)
})

it('they are programs for the vendor’s own package', () => {
  expect(theirs.compile('NodeNext')).toEqual([])
}, 120_000)

it('every program is run below', () => {
  const named = ['contact-client', DOCUMENTED, 'errors', 'functions', 'seams', 'sub-clients']
  expect(programsOf('chatbotkit')).toEqual(named)
})

/** Runs a program against a server of its own, whose ids and times are those of every other run. */
async function run(project: VendorProject, program: string, name: string): Promise<unknown> {
  let now = Date.UTC(2026, 0, 1)
  const accounts = { child: { parent: 'emulator' } }
  const vendor = createEmulator({ now: () => ++now, seed: 1, chatbotkit: { accounts } }).chatbotkit
  const [ana, bea, chloe] = vendor.seed([
    { name: 'Ana', meta: { plan: 'pro' }, verifiedAt: 1, fingerprint: 'crm-user-000000000001' },
    { name: 'Béa', meta: { plan: 'free' }, fingerprint: 'crm-user-000000000002' },
    { name: 'Chloë', meta: { plan: 'pro' }, fingerprint: 'crm-user-000000000003' },
  ])
  if (!ana || !bea || !chloe) throw new Error('Three contacts were to be there.')
  vendor.seedConversations(ana.id, [{ name: 'first' }, { name: 'second' }])
  vendor.seedTasks(ana.id, [{ name: 'call back', meta: { kind: 'call' } }, { name: 'write' }])
  vendor.seedSpaces(ana.id, [{ name: 'garden' }])
  vendor.seedSecrets(ana.id, [{ id: 'csecret', name: 'mailbox', type: 'oauth' }])
  const server: EmulatorServer = await vendor.listen()
  try {
    const { [name]: run } = await project.load(program)
    if (run === undefined) throw new Error(`${program} has no ${name}.`)
    return await run({ secret: CHATBOTKIT_SECRET, baseUrl: server.url }, ana.id, 'csecret')
  } finally {
    await server.close()
  }
}

/** What each program gives, whichever package it has. */
const wanted: readonly (readonly [program: string, name: string, result: unknown])[] = [
  [
    'contact-client',
    'life',
    [
      expect.objectContaining({
        name: 'Zoë 🦊',
        description: 'Met at the fair',
        nick: 'zoe',
        meta: { segment: 'premium', address: { city: 'Porto' } },
      }),
      expect.objectContaining({ nick: 'z', preferences: 'email' }),
      true,
      true,
      expect.any(Date),
    ],
  ],
  ['contact-client', 'ensure', [true, expect.objectContaining({ fingerprint: 'crm-user-000000000042' })]],
  ['contact-client', 'pages', [['Ana', 'Béa', 'Chloë'], expect.arrayContaining(['Ana', 'Chloë']), true]],
  ['contact-client', 'stream', [['Ana', 'pro'], ['Béa', 'free'], ['Chloë', 'pro'], 'crm-user-000000000003']],
  ['contact-client', 'promises', [1, 'caught', 1, 3, '[object ResponsePromise]']],
  ['contact-client', 'extend', [true, expect.any(Number), ['item', 'item', 'item', 'item']]],
  ['contact-client', 'ownFetch', [['/api/v1/contact/list'], 1]],
  [
    'functions',
    'functions',
    [
      'jd',
      [
        ['Jane', true],
        ['Chloë', false],
      ],
      'string',
      expect.arrayContaining([['item', 'Jane']]),
      true,
    ],
  ],
  [
    'sub-clients',
    'listings',
    [
      [
        ['first', 'string'],
        ['second', 'string'],
      ],
      ['garden'],
      [['call back', 'string', 'object']],
      [['mailbox', 'oauth']],
      4,
    ],
  ],
  ['sub-clients', 'clients', [[2, 2, 1, 2, 1, 1, 1, 1], true, true]],
  [
    'sub-clients',
    'streams',
    [
      [
        ['item', 'second'],
        ['item', 'first'],
      ],
      [
        ['item', 'write'],
        ['item', 'call back'],
      ],
      [['item', 'garden']],
      [['item', 'mailbox']],
    ],
  ],
  ['sub-clients', 'settings', [expect.arrayContaining(['second']), expect.arrayContaining(['first'])]],
  ['sub-clients', 'secrets', ['authenticated', true, true, 'unauthenticated', 'string', 3]],
  [
    'errors',
    'failures',
    [
      'nobody there',
      'nobody there',
      'nobody there',
      'nobody there',
      'check the secret',
      'another error',
      'no error',
    ],
  ],
  ['seams', 'handler', [['Ana', 'Béa'], ['Chloë']]],
  ['seams', 'helper', ['Ana', 'Béa', 'Chloë']],
  ['seams', 'around', ['Zoë', 'made-up']],
  [
    'seams',
    'logging',
    [
      [
        '/api/v1/contact/create {"record":{"name":"Zoë"}}',
        '/api/v1/contact/ID/update {"record":{"nick":"z"}}',
        '/api/v1/contact/ID/fetch "nothing"',
        '/api/v1/contact/list {"query":{"meta":{"plan":"pro"}}}',
        '/api/v1/contact/ID/delete {"record":{}}',
      ],
      ['item', 'item'],
      ['/api/v1/contact/ensure {"record":{"fingerprint":"crm-user-000000000001"}}'],
    ],
  ],
  [
    'seams',
    'mocked',
    [
      ...[1, 2, 3, 4].map(() => ({ id: 'a', items: [], cursor: '' })),
      [
        '/api/v1/contact/list',
        '/api/v1/contact/create',
        '/api/v1/contact/a/fetch',
        '/api/v1/contact/a/delete',
      ],
    ],
  ],
  [
    'seams',
    'looking',
    [
      ['/api/v1/contact/list?take=5&meta.plan=pro', 'GET', [BEARER, null, 'UTC', '1'], 'nothing'],
      ['/api/v1/contact/create', 'POST', [BEARER, JSON_TYPE, 'UTC', '1'], '{"name":"Zoë"}'],
      ['/api/v1/contact/ID/delete', 'POST', [BEARER, JSON_TYPE, 'UTC', '1'], '{}'],
      ['/api/v1/contact/list', 'GET', [BEARER, null, 'UTC', '1'], 'nothing'],
      'a stream',
    ],
  ],
  ['seams', 'aborted', ['item', 'and on']],
]

describe('what they give with the vendor’s package, and with ours', () => {
  it.each(wanted)('%s: %s', async (program, name, result) => {
    const given = await run(theirs, program, name)
    expect(given).toEqual(result)
    expect(await run(ours, program, name)).toEqual(given)
  })
})

it('the documented names', async () => {
  expect(await run(ours, DOCUMENTED, 'documented')).toEqual([
    'jd',
    'Porto',
    1,
    ['item', 'item', 'item', 'item'],
    true,
  ])
})
