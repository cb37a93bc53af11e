import { type Browser, launchChromium, type Page, type Served, serveFolder } from '@anycontact/browser'
import { afterAll, beforeAll, describe, expect, inject } from 'vitest'

/** How a page is opened. */
export interface VisitOptions {
  readonly hash?: string
  readonly width?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** The playground, opened. */
export interface Visit extends AsyncDisposable {
  readonly page: Page
  /** Puts a program into the editor, as somebody who types it. */
  write(code: string): Promise<void>
  /** Runs what is in the editor, to its end. */
  run(): Promise<Run>
  /** What is shown. */
  shown(): Promise<Run>
}

/** What the page shows of a run. */
export interface Run {
  readonly status: string
  readonly output: string
  readonly audit: string
  readonly contacts: string
  readonly requests: readonly string[]
}

const isBuilt = inject('site') !== ''

/** Tests in a browser; on a machine without one they are skipped, and `site.ts` says so. */
export const describeInChromium: ReturnType<typeof describe.skipIf> = describe.skipIf(!isBuilt)

/** A browser and a server below `/docs/playground/`, for the tests of a file. */
export function useSite(): (options?: VisitOptions) => Promise<Visit> {
  let browser: Browser | undefined
  let served: Served | undefined
  beforeAll(async () => {
    served = await serveFolder(inject('site'), { under: '/docs/playground/' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await served?.close()
  })
  return async (options = {}) => {
    if (browser === undefined || served === undefined) throw new Error('There is no browser')
    return await visit(browser, served, options)
  }
}

async function visit(browser: Browser, served: Served, options: VisitOptions): Promise<Visit> {
  const { hash = '', width = 1360, colorScheme = 'light' } = options
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => problems.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(served.url) && !/^(blob|data):/.test(url)) problems.push(`asked for ${url}`)
  })
  await page.goto(`${served.url}${hash === '' ? '' : `#${hash}`}`)
  await expect.poll(() => page.locator('#contacts').textContent()).toMatch(/\d+ contact/)

  const textOf = async (id: string): Promise<string> => (await page.locator(id).textContent()) ?? ''
  const shown = async (): Promise<Run> => ({
    status: await textOf('#status'),
    output: await textOf('#output'),
    audit: await textOf('#audit'),
    contacts: await textOf('#contacts'),
    requests: await page.locator('#requests tbody tr').allTextContents(),
  })
  return {
    page,
    shown,
    async write(code) {
      await page.locator('.cm-content').fill(code)
    },
    async run() {
      await page.locator('#run').click()
      await page.locator('#status:not([data-state="running"])').waitFor({ timeout: 30_000 })
      return await shown()
    },
    async [Symbol.asyncDispose]() {
      await context.close()
      expect(problems).toEqual([])
      expect(served.missing).toEqual([])
    },
  }
}
