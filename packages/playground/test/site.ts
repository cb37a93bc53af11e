import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromiumMissing } from '@anycontact/browser'
import type { TestProject } from 'vitest/node'
import { buildPage } from '../scripts/build-page.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder that the page was built into; empty where it cannot be tried. */
    site: string
  }
}

/** Builds the page once for all tests, from the sources of all packages. */
export default async function buildSite(project: TestProject): Promise<() => Promise<void>> {
  const missing = chromiumMissing()
  if (missing !== undefined) {
    console.warn(`\nThe tests of the playground in a browser. ${missing}\n`)
    project.provide('site', '')
    return async () => {}
  }
  const folder = await mkdtemp(join(tmpdir(), 'anycontact-playground-'))
  await buildPage(folder)
  project.provide('site', folder)
  return () => rm(folder, { recursive: true, force: true })
}
