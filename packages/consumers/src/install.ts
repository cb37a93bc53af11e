import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'

const packages = resolve(import.meta.dirname, '../..')

/**
 * Sets a project up as pnpm would: each package with its own dependencies beside it, and only those that the project names where
 * the project itself finds them. A type of a package that it does not name then has to be reachable through one that it does.
 *
 * @param project - an empty folder; it gets the fixtures too
 * @param names - the packages of this repository that the project depends on, by their short names
 */
export function install(project: string, names: readonly string[]): void {
  writeFileSync(join(project, 'package.json'), JSON.stringify({ type: 'module' }))
  cpSync(resolve(import.meta.dirname, '../fixtures'), project, { recursive: true })
  for (const name of names) {
    add(project, name)
    link(storeOf(project, name), join(project, 'node_modules/@anycontact', name))
  }
}

/** Copies what is published of a package, and links what it depends on. */
function add(project: string, name: string): void {
  const source = join(packages, name)
  const target = storeOf(project, name)
  if (existsSync(target)) return
  cpSync(join(source, 'package.json'), join(target, 'package.json'))
  cpSync(join(source, 'dist'), join(target, 'dist'), { recursive: true })
  for (const dependency of dependenciesOf(source)) {
    const [, own] = /^@anycontact\/(.+)$/.exec(dependency) ?? []
    if (own) add(project, own)
    const there = own ? storeOf(project, own) : realpathSync(join(source, 'node_modules', dependency))
    link(there, join(target, '../..', dependency))
  }
}

function dependenciesOf(folder: string): string[] {
  const { dependencies = {} }: { dependencies?: Record<string, string> } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  )
  return Object.keys(dependencies)
}

function storeOf(project: string, name: string): string {
  return join(project, 'node_modules/.pnpm', name, 'node_modules/@anycontact', name)
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true })
  symlinkSync(target, path, 'junction')
}
