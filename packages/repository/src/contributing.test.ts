import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const page = readFileSync(resolve(root, 'CONTRIBUTING.md'), 'utf8')

/** The words between backticks. */
const words = [...page.matchAll(/`([^`\n]+)`/g)].map(([, word = '']) => word)

/** Files and folders that the page names. It writes `core/errors.ts` for `packages/core/src/errors.ts`. */
const named = words.flatMap((word) => {
  const [, name, path] = /^([\w-]+)\/([\w./-]+)$/.exec(word) ?? []
  if (name === undefined || path === undefined) return []
  const isPackage = existsSync(resolve(root, 'packages', name, 'src'))
  return isPackage ? [`packages/${name}/src/${path}`] : []
})

it('the page for contributors names files that there are', () => {
  expect(named.length).toBeGreaterThan(25)
  expect(named.filter((path) => !existsSync(resolve(root, path)))).toEqual([])
})

it('and commands that there are', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(resolve(root, 'package.json'), 'utf8'),
  )
  const commands = words.flatMap((word) => /^pnpm (?:run )?([\w:-]+)/.exec(word)?.[1] ?? [])
  expect(commands.length).toBeGreaterThan(10)
  expect(commands.filter((command) => !Object.hasOwn(scripts, command))).toEqual([])
})
