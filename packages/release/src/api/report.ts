import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor'
import { type Published, toObject } from '../published.ts'

/** Where a package keeps its reports, from its folder. */
export const REPORTS = 'api-report'

/** An entry of a package: what a user can import, by the file that declares it. */
export interface Entry {
  /** The file, from the package's folder: `dist/api/space.d.ts`. */
  readonly declarations: string
  /** Its report, from the package's folder: `api-report/api.space.api.md`. */
  readonly report: string
}

/** The entries of a package. Several paths of its `exports` may have the same file: that is one entry. */
export function entriesOf({ manifest }: Pick<Published, 'manifest'>): readonly Entry[] {
  const files = Object.values(toObject(manifest.exports)).map((target) => toObject(target).types)
  return [...new Set(files.filter((file) => typeof file === 'string'))].map((file) => {
    const declarations = file.replace(/^\.\//, '')
    const name = declarations.replace(/^dist\//, '').replace(/\.d\.ts$/, '')
    return { declarations, report: `${REPORTS}/${name.replaceAll('/', '.')}.api.md` }
  })
}

/**
 * What can be imported, written so that a change of it shows as a change of the text: names sorted, signatures without comments,
 * and what they are made of, exported or not.
 *
 * @param path - the package's folder, with its declarations built
 */
export function reportOf(path: string, { declarations, report }: Entry): string {
  const folder = mkdtempSync(join(tmpdir(), 'anycontact-api-'))
  try {
    const config = ExtractorConfig.prepare({
      configObjectFullPath: undefined,
      packageJsonFullPath: join(path, 'package.json'),
      configObject: {
        projectFolder: path,
        mainEntryPointFilePath: join(path, declarations),
        newlineKind: 'lf',
        compiler: {
          overrideTsconfig: {
            compilerOptions: {
              target: 'ES2022',
              lib: ['ES2023', 'ESNext.Disposable', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'],
              module: 'NodeNext',
              types: [],
              strict: true,
              skipLibCheck: true,
            },
            files: [declarations],
          },
        },
        apiReport: {
          enabled: true,
          reportFileName: report.replace(/^.*\//, ''),
          reportFolder: folder,
          reportTempFolder: folder,
          includeForgottenExports: true,
        },
        docModel: { enabled: false },
        dtsRollup: { enabled: false },
        tsdocMetadata: { enabled: false },
        messages: {
          compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
          tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
        },
      },
    })
    const { succeeded } = Extractor.invoke(config, {
      localBuild: true,
      messageCallback: (message) => {
        message.handled = true
      },
    })
    if (!succeeded) throw new Error(`${declarations} cannot be reported on.`)
    return readFileSync(join(folder, report.replace(/^.*\//, '')), 'utf8').replaceAll('\r\n', '\n')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The reports that a package keeps. */
export function keptReports(path: string): readonly string[] {
  return globSync(`${REPORTS}/*.md`, { cwd: path }).map((file) => file.replaceAll('\\', '/'))
}
