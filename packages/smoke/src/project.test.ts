import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { packAll, publishedPackages, type Tarballs } from './pack.ts'
import { makeProject } from './project.ts'
import { runOrThrow } from './run.ts'

const PROGRAM = `
import { memory } from '@anycontact/memory'
const contacts = memory()
await contacts.create({ name: 'Ana Souza' })
console.log(await contacts.count())
`

describe('the packed packages', () => {
  let tarballs: Tarballs
  beforeAll(async () => {
    tarballs = await packAll()
  }, 120_000)

  it('are all that are published, and packed once', async () => {
    expect([...tarballs.keys()]).toEqual(publishedPackages().map(({ name }) => name))
    expect(tarballs.has('@anycontact/smoke')).toBe(false)
    expect(await packAll()).toEqual(tarballs)
  })

  it('are dependencies of this package, so that they are built before they are packed', () => {
    const names = publishedPackages().map(({ name }) => name)
    expect(Object.keys(manifest.devDependencies)).toEqual(expect.arrayContaining(names))
  })

  it.each(['pnpm', 'npm'] as const)(
    'make a project that runs, installed by %s',
    async (installer) => {
      await using project = await makeProject({
        tarballs,
        packages: ['@anycontact/memory'],
        files: { 'src/main.js': PROGRAM },
        installer,
      })
      const installed = join(project.folder, 'node_modules/@anycontact/memory/package.json')
      expect(await readFile(installed, 'utf8')).not.toMatch(/workspace:|catalog:/)
      expect(await runOrThrow(process.execPath, ['src/main.js'], { cwd: project.folder })).toBe('1\n')
    },
    120_000,
  )
})
