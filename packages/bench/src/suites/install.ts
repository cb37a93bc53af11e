import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeProject, packAll } from '@anycontact/smoke'
import { fixed } from '../report/figures.ts'
import type { Table } from '../report/table.ts'
import type { Suite } from './suite.ts'

const bench = fileURLToPath(new URL('../..', import.meta.url))

const OURS = ['chatbotkit', 'cognipeer', 'channel-inbox', 'contact-methods', 'memory'] as const

/** What a package brings into a project that has nothing else. */
async function install(): Promise<readonly Table[]> {
  const tarballs = await packAll()
  const peers = JSON.parse(await readFile(join(bench, 'peers/package.json'), 'utf8')).dependencies
  const sdk = JSON.parse(await readFile(join(bench, 'node_modules/@chatbotkit/sdk/package.json'), 'utf8'))
  const projects: readonly {
    readonly label: string
    readonly packages?: readonly string[]
    readonly dependencies?: Readonly<Record<string, string>>
  }[] = [
    { label: '`@chatbotkit/sdk`', dependencies: { '@chatbotkit/sdk': sdk.version } },
    {
      label: '`@hubspot/api-client`',
      dependencies: { '@hubspot/api-client': peers['@hubspot/api-client'] },
    },
    ...OURS.map((name) => ({ label: `**\`@anycontact/${name}\`**`, packages: [`@anycontact/${name}`] })),
  ]
  const rows: string[][] = []
  for (const { label, packages = [], dependencies = {} } of projects) {
    await using project = await makeProject({ tarballs, packages, dependencies })
    const installed = await installedIn(join(project.folder, 'node_modules/.pnpm'))
    rows.push([label, fixed(installed.packages, 0), fixed(installed.bytes / 1000, 0)])
  }
  return [
    {
      id: 'install',
      head: ['installing', 'packages', 'kB on disk'],
      rows,
      note: 'Installed by pnpm into a new project, ours from the tarballs that npm would get; with all that they depend on.',
    },
  ]
}

interface Installed {
  readonly packages: number
  /** Of all files together. */
  readonly bytes: number
}

/** Counts what pnpm put into its store of a project, where each package has one folder and the others link to it. */
async function installedIn(store: string): Promise<Installed> {
  let packages = 0
  let bytes = 0
  for (const entry of await readdir(store, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    if (!path.includes('/node_modules/', store.length)) continue
    bytes += (await lstat(path)).size
    if (/\/node_modules\/(?:@[^/]+\/)?[^/]+\/package\.json$/.test(path)) packages++
  }
  return { packages, bytes }
}

export const installSuite: Suite = { name: 'install', tables: ['install'], run: install }
