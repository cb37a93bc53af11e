import { expect, it } from 'vitest'
import { checkAll, measureOnce } from '../measure/programs.ts'

it.each(['chatbotkit', 'cognipeer', 'channelInbox', 'contactMethods'])('%s is measured', async (program) => {
  const environment = { count: 1000 }
  const only = await measureOnce({ module: 'emulator', program, environment, nodeOptions: ['--expose-gc'] })
  checkAll(only, 1000)
  for (const figure of ['bytesEach', 'createMicros', 'getMicros', 'pageMicros', 'filteredMicros']) {
    expect(only.samples[0]?.[figure], figure).toBeGreaterThan(0)
  }
})
