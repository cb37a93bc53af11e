import { copyFile, mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeProject, type Project, run, runOrThrow, type Tarballs } from '@anycontact/smoke'
import type { Check } from './check.ts'
import { blockOf, blockWith } from './guide.ts'
import { fixture, type Tools } from './tools.ts'

const SECTION = ['getting-started', 'A new project'] as const

/** What the programs of the guides print, with an emulator as their network; one line to the error output, which may come in between. */
const PRINTED = [
  '1 created, 0 updated, 0 unchanged',
  'line 3: The row cannot be imported: email must look like an email address.',
  '1 rows',
  '{"200":49,"201":1} 2',
].join('\n')

/** The first programs of the guides, as a newcomer copies them: in a new project that is set up as the guide says. */
export async function newProjectChecks(
  tarballs: Tarballs,
  tools: Tools,
): Promise<{ readonly project: Project; readonly checks: readonly Check[] }> {
  if (!blockOf(...SECTION, 'sh').includes('npm pkg set type=module')) {
    throw new Error('The guide does not say that the project is of ES modules.')
  }
  const project = await makeProject({
    tarballs,
    packages: ['chatbotkit', 'emulator', 'formats'].map((name) => `@anycontact/${name}`),
    dependencies: { hono: '^4.0.0' },
    files: {
      'tsconfig.json': blockOf(...SECTION, 'json'),
      'import.ts': blockWith('importing', 'createReadStream('),
      'nightly-export.ts': blockWith('nightly-export', 'export async function exportChanged'),
      'night.ts': blockWith('nightly-export', "from './nightly-export.ts'"),
      'find-or-create.ts': blockWith('find-or-create', 'export function contactsApp'),
      'endpoint.ts': blockWith('find-or-create', 'export default contactsApp'),
      'main.ts': fixture('new-project/main.ts'),
      'contacts.csv': 'External ID,Name,E-Mail\nu-1,Ana,ana@example.com\nu-2,Bo,x\n',
    },
  })
  const { folder } = project
  const linked = tools.link(folder, { '@types/node': '@types/node' })
  // Each check that needs it waits for it, and says what is missing.
  linked.catch(() => {})
  const compiled = (['5.7', '7.0'] as const).map((version): Check => {
    return {
      subject: `TypeScript ${version}`,
      setting: 'a new project, run on Node 20',
      run: async () => {
        await linked
        const outDir = `dist-${version}`
        await runOrThrow(process.execPath, [await tools.compiler(version), '--outDir', outDir], {
          cwd: folder,
        })
        await printedBy(await tools.node(20), `${outDir}/main.js`, folder)
        return undefined
      },
    }
  })
  const asItIs: Check = {
    subject: 'Node 24',
    setting: 'a new project, without a compiler',
    run: async () => {
      await printedBy(await tools.node(24), 'main.ts', folder)
      return undefined
    },
  }
  return { project, checks: [...compiled, asItIs] }
}

/** Runs the programs in a folder of their own: they leave files, and the next run must find none. */
async function printedBy(node: string, program: string, folder: string): Promise<void> {
  const cwd = await mkdtemp(join(folder, 'run-'))
  await copyFile(join(folder, 'contacts.csv'), join(cwd, 'contacts.csv'))
  const { code, output } = await run(node, [join(folder, program)], { cwd })
  const refused = await readFile(join(cwd, 'refused.csv'), 'utf8').catch(() => '')
  if (code !== 0 || sorted(output) !== sorted(PRINTED) || !refused.includes('u-2,Bo,x,line 3')) {
    throw new Error(`${program} ended with ${code}.\n${output}\n${refused}`)
  }
}

function sorted(text: string): string {
  return text.trim().split('\n').sort().join('\n')
}
