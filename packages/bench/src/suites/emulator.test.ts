import { expect, it } from 'vitest'
import { checkAll, measure } from '../measure/programs.ts'

it.each(['chatbotkit', 'cognipeer', 'channelInbox', 'contactMethods'])('%s is measured', async (program) => {
  const environment = { count: 1000 }
  const { only } = await measure(
    { only: { module: 'emulator', program, environment, nodeOptions: ['--expose-gc'] } },
    1,
  )
  checkAll(only, 1000)
  for (const figure of ['bytesEach', 'createMicros', 'getMicros', 'pageMicros', 'filteredMicros']) {
    expect(only[0]?.[figure], figure).toBeGreaterThan(0)
  }
})
