/** Runs the commands of the guide, and writes what they print into it: `pnpm docs:transcripts`. */
import { readFile, writeFile } from 'node:fs/promises'
import { readPage } from './page.ts'
import { PAGES } from './pages.ts'
import { play } from './play.ts'
import { renewed } from './same.ts'

for (const path of PAGES) {
  const text = await readFile(path, 'utf8')
  const page = readPage(text)
  const shown = page.steps.flatMap((step) => (step.kind === 'command' ? [step.output] : []))
  const now = page.withOutputs(renewed(shown, await play(page)))
  if (now === text) continue
  await writeFile(path, now)
  console.log(`${path} is renewed.`)
}
