import {
  type Browser,
  chromiumMissing,
  launchChromium,
  type Page,
  type Served,
  serveFolder,
} from '@anycontact/browser'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { GUIDES } from '../plugin/guide-list.ts'
import { SITE } from './site.ts'

const missing = chromiumMissing()
if (missing) console.warn(missing)

const WIDTHS = [390, 1360] as const
const GUIDE_PAGES = GUIDES.map(({ file }) => `guides/${file}.html`)
const PAGES = [
  'index.html',
  'modules.html',
  'reference/core/index.html',
  'reference/core/adapter-kit/index.html',
  'reference/core/ContactsError.html',
  'reference/core/Contact.html',
  'reference/core/exportCsv.html',
  'reference/chatbotkit/index.html',
  'reference/chatbotkit/ChatBotKitContacts.html',
  'reference/chatbotkit/ChatBotKitAdapter.html',
  'reference/chatbotkit/api/ContactClient.html',
  'reference/contact-methods/ContactMethodsContacts.html',
  'reference/emulator/index.html',
  ...GUIDE_PAGES,
]

describe.skipIf(missing !== undefined)('the site in Chromium', { timeout: 60_000 }, () => {
  let served: Served
  let browser: Browser
  const complaints: string[] = []

  beforeAll(async () => {
    // Under a path, as GitHub Pages serves it.
    served = await serveFolder(SITE, { under: '/anycontact/' })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser.close()
    await served.close()
  })

  async function open(path: string, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 844 } })
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${path}: ${message.text()}`)
    })
    page.on('pageerror', (error) => complaints.push(`${path}: ${error.message}`))
    await page.goto(served.url + path)
    return page
  }

  it('has no page that is wider than the window, and no error on any', async () => {
    const page = await open('index.html', WIDTHS[0])
    const wide: string[] = []
    for (const path of PAGES) {
      await page.goto(served.url + path)
      await page.waitForFunction('document.body.style.display !== "none"')
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 })
        const inside: number = await page.evaluate('document.documentElement.scrollWidth')
        if (inside > width) wide.push(`${path}: ${inside}`)
      }
    }
    expect(wide).toEqual([])
    expect(complaints).toEqual([])
    expect(served.missing).toEqual([])
    await page.close()
  })

  for (const width of WIDTHS) {
    it(`scrolls the capability table in its box at ${width} px`, async () => {
      const page = await open('guides/capabilities.html', width)
      await page.waitForSelector('.table-box table')
      const box = page.locator('.table-box').first()
      const [seen, whole]: number[] = await box.evaluate((each) => [each.clientWidth, each.scrollWidth])
      expect(seen).toBeLessThan(width)
      if (width === 390) expect(whole).toBeGreaterThan(seen ?? 0)
      // No word of it is broken: the cells are as wide as what they say.
      const first = await box.locator('tbody tr').first().locator('td').nth(1).boundingBox()
      expect(first?.height).toBeLessThan(60)
      // The names of operations leave more than half of a phone's screen to what is said of them.
      const name = await box.locator('tbody tr').first().locator('td').first().boundingBox()
      expect(name?.width).toBeLessThan((seen ?? 0) / 2)
      await box.focus()
      await page.keyboard.press('ArrowRight')
      await page.waitForTimeout(300)
      if (width === 390) expect(await box.evaluate((each) => each.scrollLeft)).toBeGreaterThan(0)
      await page.close()
    })
  }

  async function search(page: Page, words: string): Promise<{ text: string; href: string }[]> {
    const list = page.locator('#tsd-search-results')
    await list.evaluate((each) => {
      for (const old of each.children) old.setAttribute('data-old', '')
    })
    await page.locator('#tsd-search-input').selectText()
    await page.keyboard.insertText(words)
    await list.locator('li:not([data-old])').first().waitFor()
    return await page
      .locator('#tsd-search-results li a')
      .evaluateAll((links) =>
        links.map((link) => ({ text: link.textContent ?? '', href: link.getAttribute('href') ?? '' })),
      )
  }

  it('finds the guide first', async () => {
    const page = await open('reference/core/Contact.html', 1360)
    await page.keyboard.press('/')
    const first: Record<string, string> = {}
    const expected = {
      retry: 'guides/errors-and-retries.html',
      'dry run': 'guides/copying.html',
      scan: 'guides/listing-and-filtering.html',
      filter: 'guides/listing-and-filtering.html',
      cursor: 'guides/listing-and-filtering.html',
      csv: 'guides/importing.html',
      upsert: 'guides/find-or-create.html',
      'rate limit': 'guides/errors-and-retries.html',
      rateLimit: 'guides/errors-and-retries.html',
      abort: 'guides/errors-and-retries.html',
      signal: 'guides/errors-and-retries.html',
      timeout: 'guides/errors-and-retries.html',
      not_found: 'guides/errors-and-retries.html',
      hook: 'guides/logging.html',
      onRequest: 'guides/logging.html',
      redact: 'guides/logging.html',
      jest: 'guides/testing.html',
      cors: 'guides/testing.html',
      create: 'guides/find-or-create.html',
      update: 'guides/getting-started.html',
      delete: 'guides/getting-started.html',
      batch: 'guides/getting-started.html',
      'custom fields': 'guides/getting-started.html',
      pagination: 'guides/listing-and-filtering.html',
      search: 'guides/listing-and-filtering.html',
      count: 'guides/listing-and-filtering.html',
    }
    for (const words of Object.keys(expected)) {
      const [hit] = await search(page, words)
      first[words] = hit?.href.replace(/^.*?(?=guides\/|reference\/)/, '') ?? 'nothing'
    }
    expect(first).toEqual(expected)
    await page.close()
  })

  it('finds a name once, and names behind the guides', async () => {
    const page = await open('index.html', 1360)
    await page.keyboard.press('/')
    for (const name of ['ContactsError', 'exportCsv', 'ListQuery', 'copyContacts']) {
      const hits = await search(page, name)
      const exports = hits.filter(({ text }) =>
        new RegExp(`^@anycontact/[\\w/-]+\\.${name}$`).test(text.trim()),
      )
      expect(
        exports.map(({ text }) => text),
        name,
      ).toHaveLength(1)
    }
    await page.close()
  })

  it('is searched with the keyboard alone', async () => {
    const page = await open('guides/getting-started.html', 390)
    const trigger = page.locator('#tsd-search-trigger')
    for (let tabs = 0; tabs < 10; tabs++) {
      await page.keyboard.press('Tab')
      if (await trigger.evaluate((each) => each === document.activeElement)) break
    }
    await page.keyboard.press('Enter')
    await search(page, 'retry')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/guides/errors-and-retries.html')
    await page.close()
  })

  it('opens the groups of guides, marks the page, and keeps what a reader closed', async () => {
    const page = await open('guides/exporting.html', 1360)
    await page.waitForSelector('#tsd-nav-container details')
    const order = await page
      .locator('#tsd-nav-container a[href*="guides/"]')
      .evaluateAll((links) =>
        links.map((link) => link.getAttribute('href')?.replace(/^.*guides\//, 'guides/')),
      )
    expect(order).toEqual(GUIDE_PAGES)
    const first = page.locator('#tsd-nav-container details').first()
    expect(await first.getAttribute('open')).not.toBeNull()
    const closed = (): number => Object.values(localStorage).filter((value) => value === 'false').length
    const before = await page.evaluate(closed)
    await first.locator('summary').click()
    // The page keeps it a moment after the click; who leaves before has not closed anything.
    await expect.poll(() => page.evaluate(closed)).toBe(before + 1)
    await page.goto(`${served.url}guides/exporting.html`)
    await page.waitForSelector('#tsd-nav-container details')
    await expect.poll(() => first.getAttribute('open')).toBeNull()
    await page.close()
  })

  it('goes on to the next guide and back', async () => {
    const page = await open(GUIDE_PAGES[0] ?? '', 390)
    await page.locator('.guide-end [rel=next]').click()
    await page.waitForURL(`**/${GUIDE_PAGES[1]}`)
    await page.locator('.guide-end [rel=prev]').click()
    await page.waitForURL(`**/${GUIDE_PAGES[0]}`)
    await page.close()
  })
})
