import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chromiumMissing, launchChromium } from './chromium.ts'
import { serveFolder } from './serve-folder.ts'

const missing = chromiumMissing()
if (missing) console.warn(missing)

let folder: string
beforeAll(async () => {
  const parent = await mkdtemp(join(tmpdir(), 'anycontact-browser-'))
  folder = join(parent, 'site')
  await mkdir(join(folder, 'part'), { recursive: true })
  await writeFile(join(parent, 'outside.txt'), 'secret')
  await writeFile(
    join(folder, 'index.html'),
    '<title>home</title><script type="module" src="./page.js"></script>',
  )
  await writeFile(join(folder, 'page.js'), 'document.title += " ran"')
  await writeFile(join(folder, 'part', 'index.html'), '<title>part</title>')
})
afterAll(async () => rm(join(folder, '..'), { recursive: true }))

/** The status for a path as it is, which `fetch` would tidy. */
async function statusOf(url: string, path: string): Promise<number | undefined> {
  const { hostname, port } = new URL(url)
  return await new Promise((resolve, reject) => {
    request({ hostname, port, path }, (answer) => resolve(answer.resume().statusCode))
      .on('error', reject)
      .end()
  })
}

describe('serveFolder', () => {
  it('serves files and the index of folders, and tells what was missing', async () => {
    await using served = await serveFolder(folder)
    expect(await (await fetch(served.url)).text()).toContain('home')
    expect(await (await fetch(`${served.url}part/`)).text()).toContain('part')
    expect((await fetch(`${served.url}nowhere.js`)).status).toBe(404)
    expect(served.missing).toEqual(['/nowhere.js'])
  })

  it('serves under a path, and nothing beside it', async () => {
    await using served = await serveFolder(folder, { under: '/docs/' })
    expect(await (await fetch(`${served.url}part/`)).text()).toContain('part')
    expect((await fetch(new URL('/part/', served.url))).status).toBe(404)
  })

  it('gives out nothing that lies outside', async () => {
    await using served = await serveFolder(folder)
    expect(await statusOf(served.url, '/..%2foutside.txt')).toBe(404)
    expect(await statusOf(served.url, '/%')).toBe(404)
  })
})

describe.skipIf(missing !== undefined)('Chromium', () => {
  it('runs the modules of a page that is served', async () => {
    await using served = await serveFolder(folder, { under: '/docs/' })
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      await page.goto(served.url)
      expect(await page.title()).toBe('home ran')
    } finally {
      await browser.close()
    }
  })
})
