import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { oldestNode, peersOnce } from './peers.ts'

describe('peersOnce', () => {
  it('installs once for all suites', async () => {
    const install = vi.fn(async () => '/peers/node_modules')
    const peers = peersOnce({ install, say: () => {} })
    expect(await Promise.all([peers(), peers()])).toEqual(['/peers/node_modules', '/peers/node_modules'])
    expect(install).toHaveBeenCalledOnce()
  })

  it('says once that they cannot be installed, and why', async () => {
    const install = vi.fn(async () => {
      throw new Error(`${'a try\n'.repeat(100)}getaddrinfo ENOTFOUND`)
    })
    const said: string[] = []
    const peers = peersOnce({ install, say: (text) => said.push(text) })
    expect([await peers(), await peers()]).toEqual([undefined, undefined])
    expect(install).toHaveBeenCalledOnce()
    expect(said).toEqual([expect.stringMatching(/left out:\n(a try\n){11}getaddrinfo ENOTFOUND/)])
  })
})

describe('oldestNode', () => {
  const folders: string[] = []
  afterEach(async () => {
    await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true })))
  })

  /** A `node_modules` whose Node is at some path. */
  async function modulesWith(bin: string, put: (path: string) => Promise<void>): Promise<string> {
    const modules = await mkdtemp(join(tmpdir(), 'anycontact-peers-'))
    folders.push(modules)
    await mkdir(join(modules, 'node20/bin'), { recursive: true })
    await writeFile(join(modules, 'node20/package.json'), JSON.stringify({ bin: { node: bin } }))
    await put(join(modules, 'node20', bin))
    return modules
  }

  it('is where its package says, which differs on Windows', async () => {
    const modules = await modulesWith('bin/node.exe', (path) => symlink(process.execPath, path))
    expect(await oldestNode(modules)).toBe(join(modules, 'node20/bin/node.exe'))
  })

  it('is none where there are no peers, no package, no program, or one for another machine', async () => {
    expect(await oldestNode(undefined)).toBeUndefined()
    expect(await oldestNode('/nowhere/at/all')).toBeUndefined()
    expect(await oldestNode(await modulesWith('bin/node', async () => {}))).toBeUndefined()
    const foreign = await modulesWith('bin/node', async (path) => {
      await writeFile(path, Uint8Array.of(0x7f, 0x45, 0x4c, 0x46))
      await chmod(path, 0o755)
    })
    expect(await oldestNode(foreign)).toBeUndefined()
  })
})
