import { describe, expect, it } from 'vitest'
import { createTestProgram } from '../testing/host.ts'

const TERMINAL = { terminal: { columns: 80 }, env: { NO_COLOR: '1' } }

function createFilled() {
  const program = createTestProgram()
  const [ana] = program.emulator.chatbotkit.seed([
    {
      id: 'c1',
      name: 'Ana Souza',
      email: 'ana@example.com',
      phone: '+351 21 000 0000',
      description: 'Met in Lisbon.\nLikes \u001b[31mred\u0007.',
      meta: { plan: 'pro', seats: 3, キー: true },
    },
    { id: 'c2', name: 'Bea', email: 'bea@example.com', meta: { plan: 'pro' } },
    { id: 'c3', name: 'Bea Twin', email: 'bea@example.com' },
  ])
  program.emulator.cognipeer.seed([{ name: 'Cy', email: 'cy@example.com', integrationId: 'user-42' }])
  const at = (provider: string, [name = '', ...args]: readonly string[], options = {}) =>
    program.run([name, '--emulator', '--provider', provider, ...args], options)
  return { ...program, ana, at }
}

describe('get', () => {
  it('prints a contact as its fields on a terminal, and as JSON in a pipe', async () => {
    const { at } = createFilled()
    const shown = await at(
      'chatbotkit',
      ['get', 'c1', '--columns', 'id,name,phone,note,customFields.plan'],
      TERMINAL,
    )
    expect(shown).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: [
        'id                 c1',
        'name               Ana Souza',
        'phone              +351 21 000 0000',
        'note               Met in Lisbon.',
        '                   Likes ␛[31mred␇.',
        'customFields.plan  pro',
        '',
      ].join('\n'),
    })
    const { stdout } = await at('chatbotkit', ['get', 'id=c1'])
    expect(stdout.split('\n')).toHaveLength(2)
    expect(JSON.parse(stdout)).toMatchObject({
      id: 'c1',
      customFields: { plan: 'pro', seats: 3, キー: true },
    })
    expect(JSON.parse(stdout)).not.toHaveProperty('raw')
  })

  it('shows each custom field on a line of its own, and only addresses that say more than email and phone', async () => {
    const { at } = createFilled()
    const { stdout } = await at('chatbotkit', ['get', 'c1'], TERMINAL)
    expect(stdout).toContain('customFields.plan   pro\n')
    expect(stdout).toContain('customFields.seats  3\n')
    expect(stdout).toContain('customFields.キー   true\n')
    expect(stdout).not.toContain('contactMethods')
  })

  it('finds by the keys of the provider, and by a scan that is asked for', async () => {
    const { at, emulator } = createFilled()
    expect((await at('cognipeer', ['get', 'externalId=user-42'])).stdout).toContain('"name":"Cy"')
    expect((await at('cognipeer', ['get', 'email=CY@example.com'])).stdout).toContain('"name":"Cy"')
    const refused = await at('chatbotkit', ['get', 'email=ana@example.com'])
    expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
    expect(refused.stderr).toContain('only by looking through all its contacts: add --scan')
    expect(emulator.chatbotkit.requests).toHaveLength(0)
    const scanned = await at('chatbotkit', ['get', 'email=ana@example.com', '--scan'])
    expect(JSON.parse(scanned.stdout)).toMatchObject({ id: 'c1' })
    expect((await at('channel-inbox', ['get', 'externalId=user-42', '--scan'])).stderr).toContain(
      'channel-inbox cannot find contacts by externalId; it can by id, email with --scan, phone with --scan.',
    )
  })

  it('says what is not there, what is there twice, and what an address would be written as', async () => {
    const { at } = createFilled()
    const mistaken = await at('chatbotkit', ['get', 'ana@example.com'])
    expect(mistaken).toMatchObject({ exitCode: 1, stdout: '' })
    expect(mistaken.stderr).toContain('An address is written email=…')
    expect(mistaken.stderr).not.toContain('ana@')
    expect((await at('chatbotkit', ['get', 'nobody'])).stderr).not.toContain('email=')
    const twice = await at('chatbotkit', ['get', 'email=bea@example.com', '--scan'])
    expect(twice.exitCode).toBe(1)
    expect(twice.stderr).toContain('Several contacts of chatbotkit have that email.')
    expect(await at('chatbotkit', ['get', 'email='])).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('--verbose', () => {
  it('shows each request on standard error, and all that is known of an error', async () => {
    const { at } = createFilled()
    const { stdout, stderr } = await at('chatbotkit', ['get', 'c1', '--verbose'])
    expect(JSON.parse(stdout)).toMatchObject({ id: 'c1' })
    expect(stderr).toMatch(/^chatbotkit get: GET \/api\/v1\/contact\/\{contactId\}\/fetch 200 \d+ ms\n$/)
    const failed = await at('chatbotkit', ['get', 'nobody', '--verbose'])
    expect(failed.stderr).toContain('  code: not_found\n')
    expect((await at('chatbotkit', ['get', 'nobody'])).stderr.split('\n')).toHaveLength(2)
  })
})

describe('find', () => {
  it('ends with 1 and says nothing where nobody is there', async () => {
    const { at } = createFilled()
    expect(await at('cognipeer', ['find', 'email=nobody@example.com'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: '',
    })
    expect(await at('cognipeer', ['find', 'email=cy@example.com'])).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('tells a contact that is not there from a provider that cannot be asked', async () => {
    const { at, emulator } = createFilled()
    emulator.cognipeer.faults.add({ status: 401 })
    const { exitCode, stderr } = await at('cognipeer', ['find', 'email=nobody@example.com'])
    expect([exitCode, stderr !== '']).toEqual([1, true])
  })
})

describe('search and count', () => {
  it('lists those in whom a text stands, at most so many', async () => {
    const { at } = createFilled()
    const { stdout } = await at('chatbotkit', ['search', 'bea', '--columns', 'name'], TERMINAL)
    expect(stdout.split('\n').sort()).toEqual(['', 'Bea', 'Bea Twin', 'name'])
    const first = await at('chatbotkit', ['search', 'bea', '--limit', '1'])
    expect(first.stdout.split('\n')).toHaveLength(2)
  })

  it('counts those that conditions hold for', async () => {
    const { at } = createFilled()
    expect(await at('chatbotkit', ['count'])).toEqual({ exitCode: 0, stdout: '3\n', stderr: '' })
    expect((await at('chatbotkit', ['count', '--where', 'customFields.plan=pro'])).stdout).toBe('2\n')
    expect((await at('chatbotkit', ['count', '--where', 'colour=red'])).exitCode).toBe(2)
  })
})
