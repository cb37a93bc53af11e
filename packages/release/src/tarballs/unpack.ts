import { execFileSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The text of each file of a tarball, by its path inside the package. */
export function unpack(tarball: string): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'anycontact-tarball-'))
  try {
    execFileSync('tar', ['-xzf', tarball, '-C', folder])
    const root = join(folder, 'package')
    const paths = globSync('**', { cwd: root }).filter((path) => statSync(join(root, path)).isFile())
    return new Map(paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(root, path), 'utf8')]))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
