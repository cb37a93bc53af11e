import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { publishedPackages, ROOT, readObject, toObject } from '../published.ts'

/** A copy of what `changeset version` reads and writes, to see what it makes of changesets. */
export interface Trial {
  /** The changesets that wait for a release. */
  pending(): readonly string[]
  add(name: string, changeset: string): void
  /** Takes away the changesets that wait, so that those which are added are the only ones. */
  forget(): void
  /** Runs `changeset version`. */
  version(): void
  versionOf(folder: string): string
  changelogOf(folder: string): string
  dispose(): void
}

/** Copies the manifests and the changesets into a repository of its own. */
export function makeTrial(): Trial {
  const path = mkdtempSync(join(tmpdir(), 'anycontact-versions-'))
  const copied = [
    'package.json',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
    '.changeset',
    'packages/release/src/versions',
  ]
  for (const file of [...copied, ...globSync('packages/*/package.json', { cwd: ROOT })]) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    cpSync(join(ROOT, file), join(path, file), { recursive: true })
  }
  const git = (...args: string[]): void => {
    const author = ['-c', 'user.name=Trial', '-c', 'user.email=trial@example.com']
    execFileSync('git', [...author, ...args], { cwd: path, stdio: 'ignore' })
  }
  const commit = (): void => {
    git('add', '--all')
    git('commit', '--message', 'Trial')
  }
  git('init', '--initial-branch', 'main')
  commit()
  const read = (file: string): string => {
    const whole = join(path, file)
    return existsSync(whole) ? readFileSync(whole, 'utf8') : ''
  }
  const pending = (): readonly string[] =>
    globSync('.changeset/*.md', { cwd: path }).filter((file) => !file.endsWith('README.md'))
  return {
    pending,
    add(name, changeset) {
      writeFileSync(join(path, '.changeset', `${name}.md`), changeset)
      commit()
    },
    forget() {
      const files = pending()
      for (const file of files) rmSync(join(path, file))
      if (files.length > 0) commit()
    },
    version() {
      // The Node of the workspace: that of the test may be too old for the tools.
      execFileSync(
        join(ROOT, 'node_modules/.bin/node'),
        [join(ROOT, 'node_modules/@changesets/cli/bin.js'), 'version'],
        {
          cwd: path,
          stdio: 'pipe',
        },
      )
      commit()
    },
    versionOf: (folder) => String(readObject(join(path, folder, 'package.json')).version),
    changelogOf: (folder) => read(`${folder}/CHANGELOG.md`),
    dispose: () => rmSync(path, { recursive: true, force: true }),
  }
}

/** The packages whose users get `@anycontact/core` with them. */
export function dependents(): ReturnType<typeof publishedPackages> {
  return publishedPackages().filter(({ manifest }) =>
    ['dependencies', 'peerDependencies'].some((kind) =>
      Object.hasOwn(toObject(manifest[kind]), '@anycontact/core'),
    ),
  )
}
