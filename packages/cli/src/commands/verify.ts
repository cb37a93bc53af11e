import { type SyncCertificate, type VerifyProgress, verifySync } from '@anycontact/sync'
import { command } from '../command.ts'
import { Ended } from '../errors/ended.ts'
import { EXIT } from '../errors/exit-codes.ts'
import type { Host } from '../host.ts'
import { openFile } from '../output/file.ts'
import { isJson } from '../output/format.ts'
import { printFields } from '../output/one-contact.ts'
import { createProgress, type ProgressState } from '../output/progress.ts'
import { jsonLine, safeText } from '../output/safe-text.ts'
import { Session } from '../session.ts'
import { type OpenSync, openSync, SYNC_ARGUMENT, withLedger } from '../sync/open-sync.ts'
import { SHOWN } from '../sync/report.ts'
import { inWords } from '../sync/words.ts'

/** `anycontact verify`: whether both sides of a sync agree. */
export function verifyCommand(host: Host) {
  return command({
    name: 'verify',
    summary: 'Reads both sides of a sync anew and tells whether they agree; ends with 1 where they do not.',
    examples: [
      {
        line: 'anycontact verify nightly --certificate nightly.json',
        what: 'With a certificate that others can check, by anycontact-check-certificate:',
      },
    ],
  })
    .argument(...SYNC_ARGUMENT)
    .option('--certificate <file>', 'write the certificate to a file; - is standard output')
    .option('--values', 'tell the values that differ, too: they are personal data')
    .option('--json', 'print what it says as JSON, as in a pipe')
    .action(async (given, options) => {
      const session = new Session(host, options)
      const opened = await openSync(session, given)
      const { certificate: path } = options
      await using file = path === undefined || path === '-' ? undefined : await openFile(path, host)
      const certificate = await withLedger(session, { dryRun: true }, async (ledger) => {
        const progress = createProgress(host)
        try {
          const { signal, clock } = host
          return await verifySync(opened.sync, {
            ledger,
            signal,
            clock,
            values: options.values,
            onProgress: (state) => progress.update(progressOf(state, opened)),
          })
        } catch (error) {
          throw inWords(error, opened.name)
        } finally {
          await progress.end()
        }
      })
      const whole = jsonLine(certificate)
      await file?.write(whole)
      await file?.keep()
      const most = options.verbose ? Number.POSITIVE_INFINITY : SHOWN
      await host.stdout.write(
        path === '-'
          ? whole
          : isJson(options, host.stdout)
            ? summaryJson(certificate)
            : certificateText(certificate, opened, host, most),
      )
      if (!certificate.agrees) throw new Ended(EXIT.failed)
    })
}

function progressOf(
  { part, read, total, compared }: VerifyProgress,
  { source, target }: OpenSync,
): ProgressState {
  if (part === 'comparing') return { title: 'Comparing', done: Math.round(compared * 100), total: 100 }
  const { source: ofSource, target: ofTarget } = total
  const all = ofSource === undefined || ofTarget === undefined ? undefined : ofSource + ofTarget
  return { title: `Reading ${source} and ${target}`, done: read.source + read.target, total: all }
}

/** What a certificate says, without the hashes that prove it. */
function summaryJson(certificate: SyncCertificate): string {
  const { sync, agrees, proved, unproved, sides, pairs, survival, differences } = certificate
  return jsonLine({ sync, agrees, proved, unproved, sides, pairs, survival, differences })
}

function certificateText(certificate: SyncCertificate, opened: OpenSync, host: Host, most: number): string {
  const { agrees, unproved, pairs, sides, differences, survival } = certificate
  const { name, source, target } = opened
  const number = (count: number): string => count.toLocaleString('en-US')
  const rows = [
    [`contacts of ${source}`, number(sides.source.contacts)],
    [`contacts of ${target}`, number(sides.target.contacts)],
    ['the same', number(pairs.equal + pairs.spelled)],
    ['different', number(pairs.differing)],
    ...(['source', 'target'] as const).flatMap((side) => {
      const only = sides[side].only
      return only > 0 ? [[`only ${opened[side]}`, number(only)] as const] : []
    }),
    ...survival
      .filter(({ values, same }) => same < values)
      .map(
        ({ field, values, same }) => [`kept of ${field}`, `${number(same)} of ${number(values)}`] as const,
      ),
  ] as const
  const lines = [
    ...unproved,
    ...differences.first.slice(0, most).map((difference) => `  ${differenceText(difference, opened)}`),
  ]
  const rest = differences.total - Math.min(most, differences.first.length)
  if (rest > 0) lines.push(`  and ${number(rest)} more; --verbose and the certificate have up to 100.`)
  const verdict = agrees
    ? `${name}: both sides agree.`
    : unproved.length > 0
      ? `${name}: it is not proved that both sides agree.`
      : `${name}: the sides differ.`
  return `${safeText(verdict)}\n${printFields(
    rows.map(([title = '', value = '']) => [title, value]),
    host,
  )}${lines.map((line) => `${safeText(line)}\n`).join('')}`
}

const KINDS = {
  values: 'differs',
  source_only: 'only there',
  target_only: 'only there',
  repeated: 'the key of another one',
  keyless: 'no key',
} as const

function differenceText(
  { kind, source, target, fields = [], known }: SyncCertificate['differences']['first'][number],
  opened: OpenSync,
): string {
  const who = [
    ...(source === undefined ? [] : [`${opened.source} ${source}`]),
    ...(target === undefined ? [] : [`${opened.target} ${target}`]),
  ].join(' and ')
  const which = fields.length > 0 ? ` in ${fields.map(({ field }) => field).join(', ')}` : ''
  const why = known === undefined ? '' : ` (${known === 'in_review' ? 'waits for a decision' : known})`
  return `${who}: ${KINDS[kind]}${which}${why}`
}
