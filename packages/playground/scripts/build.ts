import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { buildPage } from './build-page.ts'

const folder = fileURLToPath(new URL('../dist/', import.meta.url))
await buildPage(folder)

const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((file) =>
  file.isFile(),
)
let total = 0
for (const { parentPath, name } of files) {
  const { length } = gzipSync(await readFile(join(parentPath, name)))
  total += length
}
console.log(`The playground: ${files.length} files, ${(total / 1000).toFixed(0)} kB when compressed`)
