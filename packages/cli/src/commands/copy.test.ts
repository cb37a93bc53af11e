import { describe, expect, it } from 'vitest'
import { createTestProgram, type TestHostOptions } from '../testing/host.ts'
import { stopAtCreate } from '../testing/stopping.ts'

function createCopy(count = 3) {
  const program = createTestProgram()
  const { cognipeer, chatbotkit } = program.emulator
  cognipeer.seed(
    Array.from({ length: count }, (_, i) => ({
      integrationId: `user-${i}`,
      name: `Name ${i}`,
      email: `u${i}@example.com`,
      tags: ['vip'],
      status: 'active',
      properties: { plan: i === 0 ? 'free' : 'pro', city: 'Lisboa' },
    })),
  )
  const copy = (more: readonly string[] = [], options: TestHostOptions = {}) =>
    program.run(
      ['copy', '--emulator', '--from', 'cognipeer', '--to', 'chatbotkit', '--by', 'externalId', ...more],
      { terminal: { columns: 160 }, env: { TERM: 'dumb' }, ...options },
    )
  return { ...program, cognipeer, chatbotkit, copy }
}

describe('copy', () => {
  it('says what would be done and left out, and then does it; run again, it writes nothing', async () => {
    const { copy, emulator, chatbotkit } = createCopy()
    const planned = await copy(['--dry-run'])
    expect(planned).toEqual({
      exitCode: 0,
      stdout: `cognipeer to chatbotkit, by externalId, what would be done: 3 contacts
created    3
updated    0
unchanged  0
Left out, because chatbotkit has no place for it: tags (3 contacts), status (3 contacts).
Nothing was written. chatbotkit itself may refuse more.
`,
      stderr: '',
    })
    expect(emulator.audit().writes).toBe(0)
    expect((await copy(['--drop', 'tags', '--drop', 'status', '--drop', 'customFields.city'])).stdout).toBe(
      `cognipeer to chatbotkit, by externalId: 3 contacts
created    3
updated    0
unchanged  0
`,
    )
    expect(chatbotkit.contacts.map(({ fingerprint, name, meta }) => [fingerprint, name, meta])).toEqual([
      ['anycontact-external-id:user-0', 'Name 0', { plan: 'free' }],
      ['anycontact-external-id:user-1', 'Name 1', { plan: 'pro' }],
      ['anycontact-external-id:user-2', 'Name 2', { plan: 'pro' }],
    ])
    const again = await copy(['--drop', 'tags', '--drop', 'status', '--drop', 'customFields.city'])
    expect(again.stdout).toContain('unchanged  3')
    expect(emulator.audit().doubled).toEqual([])
    expect(chatbotkit.contacts).toHaveLength(3)
  })

  it('copies some, by a key that takes reading the other provider whole, as JSON for programs', async () => {
    const { run, chatbotkit } = createCopy(20)
    chatbotkit.seed([{ name: 'Old', email: 'u2@example.com' }])
    const args = ['copy', '--emulator', '--from', 'cognipeer', '--to', 'chatbotkit', '--by', 'email']
    const { exitCode, stdout, stderr } = await run([...args, '--where', 'customFields.plan=pro'])
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(JSON.parse(stdout)).toMatchObject({ read: 19, created: 18, updated: 1, failed: 0, failures: [] })
    expect(chatbotkit.requests.filter(({ path }) => path.endsWith('/list')).length).toBeLessThan(3)
  })

  it('lists what failed, the first of it or all, and ends with 1', async () => {
    const { copy, chatbotkit } = createCopy(12)
    chatbotkit.faults.add({ path: '/create', status: 400, times: Number.POSITIVE_INFINITY })
    const { exitCode, stdout } = await copy()
    expect(exitCode).toBe(1)
    expect(stdout).toMatch(/^failed {5}12$/m)
    expect(stdout.match(/the provider refused/g)).toHaveLength(10)
    expect(stdout).toMatch(/and 2 more; --verbose shows all\.\n$/)
    expect((await copy(['--verbose'])).stdout.match(/the provider refused/g)).toHaveLength(12)
  })

  it('ends after the requests under way when it is stopped, and goes on', async () => {
    const program = createCopy(60)
    const { copy, chatbotkit, emulator } = program
    stopAtCreate(program, 20)
    const { exitCode, stderr, stdout } = await copy()
    expect([exitCode, stdout]).toEqual([130, ''])
    expect(stderr).toMatch(
      /^Stopped by Ctrl-C\. chatbotkit has \d\d contacts of this copy; the same command goes on/,
    )
    expect(await copy()).toMatchObject({ exitCode: 0 })
    expect(chatbotkit.contacts).toHaveLength(60)
    expect(emulator.audit().doubled).toEqual([])
  })

  it('refuses what cannot be, before anything is written', async () => {
    const { run, copy, emulator } = createCopy()
    const same = ['copy', '--emulator', '--from', 'cognipeer', '--to', 'cognipeer', '--by', 'email']
    expect(await run(same)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('the same provider'),
    })
    expect(await copy(['--drop', 'colour'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('colour is no field'),
    })
    const inbox = ['copy', '--emulator', '--from', 'cognipeer', '--to', 'channel-inbox', '--by', 'externalId']
    expect(await run(inbox)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('does not upsert by externalId'),
    })
    expect(emulator.audit().writes).toBe(0)
  })
})
