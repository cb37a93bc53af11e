import { join } from 'node:path'
import { makeProject, type ProjectOptions, run, type Tarballs } from '@anycontact/smoke'
import type { Check } from './check.ts'
import { blockOf } from './guide.ts'
import type { Tools } from './tools.ts'

const GUIDE = ['testing', 'Vitest and jest'] as const
const PACKAGES = ['@anycontact/chatbotkit', '@anycontact/emulator']

/** The guide's test, run by the test runners with the configuration that the guide shows. */
export function testRunnerChecks(tarballs: Tarballs, tools: Tools): readonly Check[] {
  const program = blockOf(...GUIDE, 'ts')
  const forJest = program.replace(/^import .* from 'vitest'\n/m, '')
  if (forJest === program) throw new Error('The guide does not import from vitest.')
  const configured = { 'jest.config.json': blockOf(...GUIDE, 'json') }
  const base = { tarballs, packages: PACKAGES }
  const transformer = ['@swc/core', '@swc/jest']
  return [
    check('vitest', 'no configuration', ['vitest'], 'vitest/vitest.mjs', ['run'], {
      ...base,
      files: { 'contacts.test.ts': program },
    }),
    check('jest', 'the guide’s, TypeScript, ES modules', [...transformer, 'jest'], 'jest/bin/jest.js', [], {
      ...base,
      files: { ...configured, 'contacts.test.ts': forJest },
    }),
    check('jest', 'the guide’s, TypeScript, CommonJS', [...transformer, 'jest'], 'jest/bin/jest.js', [], {
      ...base,
      manifest: { type: 'commonjs' },
      files: { ...configured, 'contacts.test.ts': forJest },
    }),
    check(
      'jest',
      'the guide’s, JavaScript, installed by npm',
      [...transformer, 'jest'],
      'jest/bin/jest.js',
      [],
      {
        ...base,
        installer: 'npm',
        files: { ...configured, 'contacts.test.js': forJest },
      },
    ),
    check('jest', '--experimental-vm-modules alone', ['jest'], 'jest/bin/jest.js', [], {
      ...base,
      files: { 'contacts.test.js': forJest },
    }),
  ]

  function check(
    subject: string,
    setting: string,
    linked: readonly string[],
    script: string,
    args: readonly string[],
    options: ProjectOptions,
  ): Check {
    return {
      subject,
      setting,
      run: async () => {
        await using project = await makeProject(options)
        await tools.link(project.folder, Object.fromEntries(linked.map((name) => [name, name])))
        const flags = setting.startsWith('--') ? ['--experimental-vm-modules'] : []
        const { code, output } = await run(
          process.execPath,
          [...flags, join('node_modules', script), ...args, ...(subject === 'jest' ? ['--no-cache'] : [])],
          { cwd: project.folder, env: { NO_COLOR: '1', NODE_ENV: 'test' } },
        )
        const hasPassed = /Tests:? +1 passed/.test(output)
        if (code !== 0 || !hasPassed) throw new Error(output)
        return undefined
      },
    }
  }
}
