/**
 * `pnpm pack:all <folder>`: a tarball of each published package into a folder, by its short name, for projects that install from a
 * clone.
 */
import { copyFile, mkdir } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { packAll } from './pack.ts'

const [target, ...more] = process.argv.slice(2)
if (target === undefined || more.length > 0) {
  console.error('Say into which folder: pnpm pack:all ../my-app/anycontact')
  process.exit(1)
}
const folder = resolve(target)
await mkdir(folder, { recursive: true })
for (const [name, path] of await packAll()) {
  const file = join(folder, `${basename(name)}.tgz`)
  await copyFile(path, file)
  console.log(file)
}
