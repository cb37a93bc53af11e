import { expect, test } from 'vitest'
import { NODES } from './harness/nodes.ts'
import { Scene } from './harness/scene.ts'
import { writeMessy } from './messy/file.ts'
import { GOOD, IMPORT, imported } from './messy/import.ts'

// Beside each other: the second run waits until what the first has sent last cannot be under way any more.
test.concurrent.each(NODES)(
  'an import that is killed goes on when it is run again, and doubles nobody, on $name',
  async (node) => {
    await using scene = await Scene.create({ node })
    await writeMessy(scene.path('leads.csv'))
    const gate = scene.hold(scene.emulator.chatbotkit, { path: '/contact/create', skip: 700 })
    await using first = scene.terminal(IMPORT)
    await first.during(gate.reached())
    await first.kill()
    // What was sent is applied, and nobody hears of it.
    gate.open()
    scene.emulator.chatbotkit.faults.clear()
    await using second = scene.terminal(IMPORT)
    expect((await second.ended()).code).toBe(1)
    expect((await second.lines()).join('\n')).toContain('goes on where it was')
    expect(imported(scene)).toEqual({ contacts: GOOD, emails: GOOD, doubled: 0 })
  },
)
