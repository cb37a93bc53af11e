import { existsSync, readFileSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'
import { REFUSED_ROWS, writeMessy } from './messy/file.ts'
import { GOOD, IMPORT, imported } from './messy/import.ts'

const CTRL_C = '\u0003'

/** No more requests than these are under way at once. */
const CONCURRENCY = 8

describe.each(NODES)('an import of a messy file, on $name', (node) => {
  test('is stopped by Ctrl-C, says how to go on, goes on, and doubles nobody', async () => {
    await using scene = await Scene.create({ node })
    await writeMessy(scene.path('leads.csv'))
    const gate = scene.hold(scene.emulator.chatbotkit, { path: '/contact/create', skip: 400 })
    await using first = scene.terminal(IMPORT, { columns: 100 })
    await first.during(gate.reached())
    first.press(CTRL_C)
    await first.until('^C')
    gate.open()
    expect(await first.ended()).toEqual({ code: 130, signal: 0 })
    // What is under way is waited for, and nothing new is begun.
    const { contacts, emails, doubled } = imported(scene)
    expect(contacts).toBeGreaterThan(400)
    expect(contacts).toBeLessThanOrEqual(400 + CONCURRENCY)
    expect([emails, doubled]).toEqual([contacts, 0])
    const said = (await first.wholeLines()).join(' ')
    expect(said).toContain('Stopped by Ctrl-C')
    expect(said).toContain(`chatbotkit has ${contacts} of 2,000 rows; the same command goes on from there`)

    scene.emulator.chatbotkit.faults.clear()
    await using second = scene.terminal(IMPORT, { columns: 100 })
    expect((await second.ended()).code).toBe(1)
    expect(imported(scene)).toEqual({ contacts: GOOD, emails: GOOD, doubled: 0 })
    expect((await second.lines()).join('\n')).toContain('100 refused')
    const refused = readFileSync(scene.path('leads.refused.csv'), 'utf8')
    expect(refused.split('\r\n')).toHaveLength(1 + REFUSED_ROWS + 1)

    const { writes } = scene.emulator.audit()
    expect((await scene.piped(IMPORT)).code).toBe(1)
    expect(scene.emulator.audit().writes).toBe(writes)
  })
})

test('a second Ctrl-C ends an import at once', async () => {
  await using scene = await Scene.create()
  await writeMessy(scene.path('leads.csv'))
  const gate = scene.hold(scene.emulator.chatbotkit, { path: '/contact/create', skip: 20 })
  await using terminal = scene.terminal(IMPORT)
  await terminal.during(gate.reached())
  terminal.press(CTRL_C)
  await terminal.until('^C')
  let isOver = false
  const ended = terminal.ended().finally(() => {
    isOver = true
  })
  // Two signals are one to a program that has not heard the first yet, so it is pressed until it is heard.
  const press = (): boolean => {
    if (!isOver) terminal.press(CTRL_C)
    return isOver
  }
  await expect.poll(press, { timeout: 10_000 }).toBe(true)
  // Its requests are still held back.
  expect((await ended).code).toBe(130)
  expect(gate.waiting).toBeGreaterThan(0)
  // It did not wait for them, nor until it had given them up: then it would say how far it was.
  expect(terminal.raw).not.toContain('Stopped by')
})

test('an export that is stopped leaves no file that looks whole', async () => {
  await using scene = await Scene.create()
  scene.emulator.chatbotkit.seed(Array.from({ length: 500 }, (_, at) => ({ name: `Contact ${at}` })))
  scene.emulator.chatbotkit.faults.add({ path: '/contact/list', stall: { afterLines: 200 } })
  await using terminal = scene.terminal([
    ...['export', '--emulator', '--from', 'chatbotkit', '--output', 'all.vcf'],
  ])
  await terminal.until('Exporting from')
  terminal.press(CTRL_C)
  expect((await terminal.ended()).code).toBe(130)
  // Where the line is cut depends on how many contacts had come.
  expect((await terminal.lines()).join('').replaceAll(' ', '')).toContain('all.vcfwasnotwritten')
  expect(existsSync(scene.path('all.vcf'))).toBe(false)
  expect(await readdir(scene.folder)).toEqual([])
})

test('what tells of people can be read by its owner alone', async () => {
  await using scene = await Scene.create()
  await writeMessy(scene.path('leads.csv'), 300)
  await scene.piped(IMPORT)
  await scene.piped(['export', '--emulator', '--from', 'chatbotkit', '--output', 'all.vcf'])
  const modes = await Promise.all(
    ['leads.refused.csv', '.anycontact', 'all.vcf'].map(async (name) => {
      const { mode } = await stat(scene.path(name))
      return (mode & 0o777).toString(8)
    }),
  )
  expect(modes).toEqual(['600', '700', '600'])
})

describe('progress', () => {
  test('is a bar on a terminal, which is gone at the end', async () => {
    await using scene = await Scene.create()
    await writeMessy(scene.path('leads.csv'))
    await using terminal = scene.terminal(IMPORT, { columns: 100 })
    await terminal.until(/[█░]/)
    await terminal.ended()
    expect((await terminal.lines()).filter((line) => /[█░]/.test(line))).toEqual([])
  })

  test('of an export makes way for what is said of it', async () => {
    await using scene = await Scene.create()
    scene.emulator.chatbotkit.seed(Array.from({ length: 50 }, (_, at) => ({ name: `Contact ${at}` })))
    await using terminal = scene.terminal(['export', '--emulator', '--output', 'all.vcf'])
    await terminal.until('Exporting from')
    await terminal.ended()
    expect(await terminal.lines()).toEqual([
      'Not in the vCards: createdAt (50 contacts).',
      'Exported 50 contacts from chatbotkit to all.vcf.',
    ])
  })

  test('is nothing where standard error is no terminal', async () => {
    await using scene = await Scene.create()
    await writeMessy(scene.path('leads.csv'), 300)
    const { stderr } = await scene.piped(IMPORT)
    expect(stderr).not.toMatch(/[█░]|(?!\n)\p{Cc}/u)
  })
})
