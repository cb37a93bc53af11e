export type { Browser, BrowserContext, Page } from 'playwright-core'
export { chromiumMissing, findChromium, launchChromium } from './chromium.ts'
export { type Served, serveFolder } from './serve-folder.ts'
