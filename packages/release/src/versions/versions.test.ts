import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { publishedPackages, toObject } from '../published.ts'
import { dependents, makeTrial, type Trial } from './trial.ts'

const packages = publishedPackages()
const unreleased = packages.filter(({ manifest }) => manifest.version === '0.0.0')

test('each package asks for the core that it is released with', () => {
  expect(dependents().length).toBeGreaterThan(5)
  for (const { name, manifest } of dependents()) {
    expect([name, toObject(manifest.dependencies)['@anycontact/core']]).toEqual([name, 'workspace:^'])
  }
})

describe.skipIf(unreleased.length === 0)('the first release', () => {
  let trial: Trial
  beforeAll(() => {
    trial = makeTrial()
    trial.version()
  })
  afterAll(() => trial.dispose())

  test('uses up the changesets', () => {
    expect(trial.pending()).toEqual([])
  })

  test.each(unreleased)('of $name is no 0.0.0, and has a changelog for its users', ({ name, folder }) => {
    const version = trial.versionOf(folder)
    expect(version).not.toBe('0.0.0')
    const changelog = trial.changelogOf(folder)
    expect(changelog).toContain(`# ${name}\n\n## ${version}\n\n### Minor Changes\n\nThe first release of `)
    expect(changelog).toMatch(/Node 20\.19|Depends on/)
    // A package that is newer than core says with which core it comes, and nothing else of patches.
    const own = changelog.replace(
      /\n### Patch Changes\n\n- Works with `@anycontact\/core` [\d.]+( and `@anycontact\/[\w-]+` [\d.]+)?\.\n/,
      '',
    )
    expect(own).not.toMatch(/Updated dependencies|Patch Changes|\b[0-9a-f]{7,40}: |\n\n\n/)
    expect(changelog).not.toMatch(/[^\n]\nWhat every/)
    for (const line of changelog.split('\n')) expect(line.length).toBeLessThanOrEqual(145)
  })
})

describe('the changesets that wait', () => {
  let trial: Trial
  beforeAll(() => {
    trial = makeTrial()
  })
  afterAll(() => trial.dispose())

  test('are used up by the next release', () => {
    trial.version()
    expect(trial.pending()).toEqual([])
  })
})

describe('after the first release', () => {
  let trial: Trial
  beforeAll(() => {
    trial = makeTrial()
    if (unreleased.length > 0) trial.version()
    trial.forget()
  })
  afterAll(() => trial.dispose())

  const below = (folder: string): readonly number[] => trial.versionOf(folder).split('.').map(Number)

  test('a core that breaks reaches nobody by a patch', () => {
    const before = new Map(packages.map(({ folder }) => [folder, below(folder)]))
    trial.add('breaking', "---\n'@anycontact/core': minor\n---\n\n`list` takes its options otherwise.\n")
    trial.version()

    const core = trial.versionOf('packages/core')
    for (const { folder, name } of dependents()) {
      const [major = 0, minor = 0] = before.get(folder) ?? []
      // While the major is 0, `^0.1.0` takes no 0.2.0; so who has the old adapter goes on with the old core.
      expect([name, trial.versionOf(folder)]).toEqual([name, `${major}.${minor + 1}.0`])
      expect(trial.versionOf(folder)).toBe(core)
      // Who is built on another dependent too names both.
      const works = `## ${core}\n\n### Patch Changes\n\n- Works with \`@anycontact/core\` ${core}`
      const changelog = trial.changelogOf(folder)
      expect([`${works}.`, `${works} and `].some((begin) => changelog.includes(begin))).toBe(true)
    }
    expect(trial.changelogOf('packages/core')).toContain(
      `## ${core}\n\n### Minor Changes\n\n- \`list\` takes its options otherwise.\n`,
    )
    expect(trial.versionOf('packages/emulator')).toBe(before.get('packages/emulator')?.join('.'))
  })

  test('a mend of one adapter releases all of them as one patch', () => {
    const [major, minor, patch = 0] = below('packages/core')
    trial.add('mend', "---\n'@anycontact/cognipeer': patch\n---\n\nA 404 of the listing is told.\n")
    trial.version()
    for (const { folder } of dependents())
      expect(trial.versionOf(folder)).toBe(`${major}.${minor}.${patch + 1}`)
    expect(trial.changelogOf('packages/cognipeer')).toContain('- A 404 of the listing is told.\n')
  })
})
