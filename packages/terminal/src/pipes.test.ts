import { writeFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Pipe } from './harness/pipe.ts'
import { Scene } from './harness/scene.ts'

const LIST = ['list', '--emulator', '--provider', 'chatbotkit'] as const

const many = (count: number): { readonly name: string }[] =>
  Array.from({ length: count }, (_, at) => ({ name: `Contact ${at} ${'x'.repeat(200)}` }))

describe.each(NODES)('on $name', (node) => {
  test('who reads no further ends it, quietly and with 0', async () => {
    await using scene = await Scene.create({ node })
    // More than any pipe holds.
    scene.emulator.chatbotkit.seed(many(3_000))
    const line = `{ anycontact ${LIST.join(' ')}; echo "code $?" >&2; } | head -1 | cut -c1-2`
    await using terminal = scene.shell(line)
    expect((await terminal.ended()).code).toBe(0)
    expect((await terminal.lines()).toSorted()).toEqual(['code 0', '{"'])
  })

  test('an import whose output nobody reads is done all the same, and tells by its code what is refused', async () => {
    await using scene = await Scene.create({ node })
    await writeFile(scene.path('leads.csv'), 'email,name\na@example.com,Ana\nbad,Ben\n')
    const line = 'anycontact import leads.csv --emulator --to chatbotkit --by email --yes'
    await using terminal = scene.shell(`{ ${line}; echo "code $?" >&2; } | true`)
    await terminal.ended()
    expect((await terminal.lines()).join('\n')).toContain('code 1')
    expect(scene.emulator.chatbotkit.contacts).toHaveLength(1)
  })

  // Linux alone has such a device.
  test.skipIf(process.platform !== 'linux')('a full disk is told in a sentence', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed(many(3))
    await using terminal = scene.shell(`anycontact ${LIST.join(' ')} > /dev/full; echo "code $?"`)
    await terminal.ended()
    expect(await terminal.lines()).toEqual([
      'Error: Standard output cannot be written: the disk is full.',
      'code 1',
    ])
  })

  test('all of a long listing goes through pipes', async () => {
    await using scene = await Scene.create({ node })
    scene.emulator.chatbotkit.seed(many(3_000))
    await using terminal = scene.shell(`anycontact ${LIST.join(' ')} | cat | wc -l`)
    await terminal.ended()
    expect((await terminal.lines()).join('').trim()).toBe('3000')
  })

  test('a standard input that is closed is no question that is answered', async () => {
    await using scene = await Scene.create({ node })
    await using terminal = scene.shell('anycontact list <&-')
    expect((await terminal.ended()).code).toBe(2)
    expect((await terminal.lines()).join(' ')).toContain('Nothing is configured here')
  })
})

test('standard output that is closed is no crash', async () => {
  await using scene = await Scene.create()
  scene.emulator.chatbotkit.seed(many(10))
  await using terminal = scene.shell(`anycontact ${LIST.join(' ')} >&-; echo "code $?"`)
  await terminal.ended()
  expect(await terminal.lines()).toEqual(['code 0'])
})

test('exit codes: 0 is done, 1 is a failure, 2 is a wrong command line or configuration', async () => {
  await using scene = await Scene.create()
  expect((await scene.piped(LIST)).code).toBe(0)

  scene.emulator.chatbotkit.faults.add({ path: '/contact/list', status: 401 })
  const refused = await scene.piped(LIST)
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toMatch(/^Error: [^\n]+\n$/)

  for (const args of [
    ['lists'],
    [...LIST, '--colour'],
    ['list', '--emulator', '--provider', 'nobody'],
    ['list'],
  ]) {
    const wrong = await scene.piped(args)
    expect([args, wrong.code, wrong.stdout]).toEqual([args, 2, ''])
    expect(wrong.stderr).toMatch(/^Error: /)
    expect(wrong.stderr).not.toMatch(/^ +at /m)
  }
})

test('--verbose says more of an error, and nothing secret', async () => {
  await using scene = await Scene.create()
  const env = { CHATBOTKIT_SECRET: 'sk-very-secret', CHATBOTKIT_BASE_URL: scene.url }
  const short = await scene.piped(['list'], { env })
  const long = await scene.piped(['list', '--verbose'], { env })
  expect([short.code, long.code]).toEqual([1, 1])
  expect(short.stderr).toMatch(/^Error: [^\n]+\n$/)
  expect(long.stderr).toContain('code: unauthenticated')
  expect(short.stderr + long.stderr).not.toContain('sk-very-secret')
})

test('a signal of the system ends it as Ctrl-C does, with 143', async () => {
  await using scene = await Scene.create()
  const gate = scene.hold(scene.emulator.chatbotkit, { path: '/contact/list' })
  await using pipe = new Pipe(scene.command(LIST))
  await gate.reached()
  pipe.child.kill('SIGTERM')
  const { code, stdout } = await pipe.ended()
  expect([code, stdout]).toEqual([143, ''])
})
