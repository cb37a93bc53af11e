import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findChromium, launchChromium, serveFolder } from '@anycontact/browser'
import { runOrThrow } from '../run.ts'
import type { Runtime } from '../smoke.ts'
import { bundle } from './bundle.ts'
import type { ProcessSetting } from './process.ts'
import { isResults } from './results.ts'

/** A page of another origin than the emulators'. */
export function chromiumRuntime(setting: ProcessSetting): Runtime {
  const { modules, project, served } = setting
  const folder = join(project, 'site')
  const run = (expression: string) => async () => {
    await mkdir(folder, { recursive: true })
    await bundle(setting, 'page.js', join(folder, 'page.js'))
    await writeFile(join(folder, 'index.html'), '<script type="module" src="page.js"></script>')
    await using site = await serveFolder(folder)
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      await page.goto(site.url)
      const results: unknown = await page.evaluate(expression)
      if (!isResults(results)) throw new Error('The page gave no results.')
      return results
    } finally {
      await browser.close()
    }
  }
  const where = [served.url, served.control].map((url) => JSON.stringify(url))
  return {
    name: 'Chromium',
    ways: new Map([
      ['in process', run('smoke.inProcess()')],
      ['socket', run(`smoke.socket(${where.join(', ')})`)],
    ]),
    // On HTTP/1.1 a browser sends any request again, creates too, when a connection that it used before breaks without an answer. No
    // option of fetch prevents it: a Blob and `keepalive` were tried, and a body that streams needs HTTP/2.
    exceptions: {
      socket: [
        'a create whose answer is lost is made once, and gives the contact',
        'a create without a key whose answer is lost is not sent again, and says that it does not know',
        'a write on a connection that served others before is not sent again by the runtime',
      ],
    },
    async version() {
      const path = findChromium()
      if (path === undefined) {
        throw new Error('there is none. Install Debian’s package `chromium`, or set CHROMIUM_PATH.')
      }
      if (!existsSync(join(modules, '.bin', 'esbuild'))) {
        throw new Error('esbuild, which bundles the page, did not install. packages/smoke/tools lists it.')
      }
      return /\d+(\.\d+)+/.exec(await runOrThrow(path, ['--version']))?.[0] ?? '?'
    },
  }
}
