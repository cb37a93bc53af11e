import { writeFile } from 'node:fs/promises'
import { createSampleEmulator } from '@anycontact/emulator/command'
import { Scene } from '../harness/scene.ts'
import { writeMessy } from '../messy/file.ts'
import type { Happening, Page, ShownCommand } from './page.ts'

/** Where a reader's emulators are. */
const URL_ON_PAGE = 'http://127.0.0.1:4010'

/** Wide enough for a page, and no wider than it shows. */
const COLUMNS = 100

/**
 * Runs the commands of a page one after the other, as a reader would who types them: on a terminal, in a folder that is new but for the
 * files of `messy/`, against emulators with the sample contacts.
 *
 * @returns what each has left on the screen, line by line
 */
export async function play(page: Page): Promise<readonly (readonly string[])[]> {
  await using scene = await Scene.create({ emulator: createSampleEmulator })
  await writeMessy(scene.path('leads.csv'))
  const outputs: (readonly string[])[] = []
  for (const step of page.steps) {
    if (step.kind === 'file')
      await writeFile(scene.path(step.name), step.text.replaceAll(URL_ON_PAGE, scene.url))
    else outputs.push((await run(step, scene)).map((line) => asOnPage(line, scene)))
  }
  return outputs
}

async function run({ line, happening }: ShownCommand, scene: Scene): Promise<readonly string[]> {
  await using terminal = scene.shell(line, {
    columns: COLUMNS,
    env: { NO_COLOR: '1' },
    alone: happening.alone,
  })
  await happen(happening, scene, terminal)
  await terminal.ended()
  return await terminal.wholeLines()
}

async function happen(
  { press, stop }: Happening,
  scene: Scene,
  terminal: ReturnType<Scene['shell']>,
): Promise<void> {
  if (press) {
    await terminal.until(press.after)
    terminal.press(press.keys)
  }
  if (stop) {
    const gate = scene.hold(scene.emulator[stop.emulator], { path: stop.path, skip: stop.after })
    await terminal.during(gate.reached())
    terminal.press('\u0003')
    await terminal.until('^C')
    gate.open()
    scene.emulator[stop.emulator].faults.clear()
  }
}

/** What differs from one machine to the next, as the page has it. */
function asOnPage(line: string, scene: Scene): string {
  return line.replaceAll(scene.url, URL_ON_PAGE).replaceAll(scene.folder, '/home/ana')
}
