import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsdown'

const SOURCE = fileURLToPath(new URL('../src/', import.meta.url))
const PACKAGES = fileURLToPath(new URL('../../', import.meta.url))

const MODULES = [
  'chatbotkit',
  'cognipeer',
  'channel-inbox',
  'contact-methods',
  'memory',
  'formats',
  'core',
  'emulator',
]

/** One file of styles is made of these, in this order. */
const STYLES = ['style.css', 'layout.css', 'results.css']

/**
 * Builds the page from the sources of all packages, so that what is tested and what is served are made alike.
 *
 * @param folder - where to; it is emptied first
 */
export async function buildPage(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await build({
    config: false,
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    entry: {
      page: join(SOURCE, 'page/main.ts'),
      worker: join(SOURCE, 'worker/main.ts'),
      ...Object.fromEntries(MODULES.map((name) => [`modules/${name}`, join(SOURCE, `modules/${name}.ts`)])),
    },
    outDir: folder,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    dts: false,
    clean: false,
    logLevel: 'warn',
    hash: true,
    deps: { alwaysBundle: /./, onlyBundle: false },
    alias: {
      '@anycontact/core/adapter-kit': join(PACKAGES, 'core/src/adapter-kit/index.ts'),
      ...Object.fromEntries(
        MODULES.map((name) => [`@anycontact/${name}`, join(PACKAGES, `${name}/src/index.ts`)]),
      ),
    },
    plugins: [
      {
        name: 'no-sockets',
        // As the emulator's package.json has it for bundles: what listens on sockets is not in them.
        load: { filter: { id: /emulator\/src\/listen\.ts$/ }, handler: () => 'export {}' },
      },
    ],
    outExtensions: () => ({ js: '.js' }),
  })
  await cp(join(SOURCE, 'index.html'), join(folder, 'index.html'))
  const styles = await Promise.all(STYLES.map((name) => readFile(join(SOURCE, name), 'utf8')))
  await writeFile(join(folder, 'style.css'), styles.join('\n'))
}
