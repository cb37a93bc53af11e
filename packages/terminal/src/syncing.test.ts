import { writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'

const CTRL_C = '\u0003'
const CONTACTS = 600

const CONFIG = `import { defineConfig } from 'anycontact'

const names: readonly string[] = ['crm', 'bot']
const [crm = '', bot = ''] = names

export default defineConfig({
  providers: {
    [crm]: { adapter: 'cognipeer', token: { env: 'CRM_TOKEN' }, hookId: { env: 'CRM_HOOK_ID' } },
    [bot]: { adapter: 'chatbotkit' },
  },
  syncs: {
    nightly: {
      source: 'crm',
      target: 'bot',
      by: 'externalId',
      fields: { status: 'customFields.status' },
      lost: ['tags'],
    },
  },
})
`

/** A folder with a configuration in TypeScript, its secrets in `.env`, and a full provider. */
async function createScene(node: (typeof NODES)[number]): Promise<Scene> {
  const scene = await Scene.create({ node })
  writeFileSync(scene.path('anycontact.config.ts'), CONFIG)
  const variables = {
    CHATBOTKIT_SECRET: 'sk-emulator',
    CHATBOTKIT_BASE_URL: scene.url,
    CRM_TOKEN: 'pat_emulator',
    CRM_HOOK_ID: 'emulatorhook',
    COGNIPEER_BASE_URL: `${scene.url}/v1`,
  }
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}\n`)
  writeFileSync(scene.path('.env'), lines.join(''))
  scene.emulator.cognipeer.seed(
    Array.from({ length: CONTACTS }, (_, at) => ({ integrationId: `u${at}`, name: `Person ${at}` })),
  )
  return scene
}

function made({ emulator }: Scene): {
  readonly contacts: number
  readonly keys: number
  readonly doubled: number
} {
  const { contacts } = emulator.chatbotkit
  const keys = new Set(contacts.map(({ fingerprint }) => fingerprint))
  return { contacts: contacts.length, keys: keys.size, doubled: emulator.audit().doubled.length }
}

const ALL = { contacts: CONTACTS, keys: CONTACTS, doubled: 0 }

describe.each(NODES)('on $name', (node) => {
  test.each([
    { args: ['sync', 'nightly'], what: 'a sync' },
    {
      args: ['copy', '--from', 'crm', '--to', 'bot', '--by', 'externalId', '--drop', 'status'],
      what: 'a copy',
    },
  ])('$what is stopped by Ctrl-C, says how to go on, goes on, and doubles nobody', async ({ args }) => {
    await using scene = await createScene(node)
    const gate = scene.hold(scene.emulator.chatbotkit, { path: '/contact/create', skip: 250 })
    await using first = scene.terminal(args, { columns: 100 })
    await first.during(gate.reached())
    first.press(CTRL_C)
    await first.until('^C')
    gate.open()
    expect((await first.ended()).code).toBe(130)
    expect(made(scene).contacts).toBeLessThan(CONTACTS)
    expect((await first.wholeLines()).join(' ')).toMatch(/Stopped by Ctrl-C\..* goes on/)
    scene.emulator.chatbotkit.faults.clear()
    await using second = scene.terminal(args, { columns: 100 })
    expect(await second.ended()).toEqual({ code: 0, signal: 0 })
    expect(made(scene)).toEqual(ALL)
    expect((await scene.piped(args)).code).toBe(0)
    expect(made(scene)).toEqual(ALL)
  })
})

describe('a question', () => {
  const DELETE = ['delete', 'c1', '--emulator', '--provider', 'chatbotkit'] as const

  test.each([
    { keys: 'n', code: 1 },
    { keys: CTRL_C, code: 130 },
  ])('that is answered by %o does nothing', async ({ keys, code }) => {
    await using scene = await Scene.create()
    scene.emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana' }])
    await using terminal = scene.terminal(DELETE)
    await terminal.until('Delete this contact')
    terminal.press(keys)
    expect((await terminal.ended()).code).toBe(code)
    expect(scene.emulator.chatbotkit.contacts).toHaveLength(1)
  })

  test('is not asked in a pipe: nothing is deleted without --yes', async () => {
    await using scene = await Scene.create()
    scene.emulator.chatbotkit.seed([{ id: 'c1', name: 'Ana' }])
    const { code, stderr } = await scene.piped(DELETE, { input: 'y\n' })
    expect(code).toBe(2)
    expect(stderr).toContain('--yes')
    expect(scene.emulator.chatbotkit.contacts).toHaveLength(1)
    expect((await scene.piped([...DELETE, '--yes'])).code).toBe(0)
    expect(scene.emulator.chatbotkit.contacts).toHaveLength(0)
  })
})
