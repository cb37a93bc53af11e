/** A guide, as the file of that name in `docs/guides`. */
export interface Guide {
  file: string
  /** What a reader may type into the search to find it, beside its title and headings. */
  keywords?: string
}

/** Guides that are read together. */
export interface GuideGroup {
  title: string
  guides: readonly Guide[]
}

/** The guides in the order in which they are read, as README has them. */
export const GUIDE_GROUPS: readonly GuideGroup[] = [
  {
    title: 'Start',
    guides: [
      {
        file: 'getting-started',
        keywords:
          'install quick start requirements create update delete clear null batch bulk many custom fields customFields dedupe',
      },
      { file: 'installing-from-a-clone', keywords: 'install clone tarball pack' },
      {
        file: 'swapping-providers',
        keywords: 'swap change provider compile error unsupported field unsupported_field',
      },
      {
        file: 'command-line',
        keywords:
          'cli terminal shell npx anycontact import export table ndjson pipe exit code ctrl-c config doctor secret resume',
      },
    ],
  },
  {
    title: 'Providers',
    guides: [
      { file: 'chatbotkit' },
      { file: 'cognipeer' },
      { file: 'channel-inbox', keywords: 'imbrace inbox' },
      { file: 'contact-methods', keywords: 'artu' },
      { file: 'capabilities', keywords: 'matrix lookup supports unsupported fields phone tags' },
    ],
  },
  {
    title: 'Working with contacts',
    guides: [
      {
        file: 'listing-and-filtering',
        keywords:
          'list filter where cursor page pagination paginate scan sort order explain search count complete',
      },
      {
        file: 'find-or-create',
        keywords: 'upsert find create recipe web handler webhook hono duplicate dedupe serverless',
      },
      { file: 'importing', keywords: 'csv import read file' },
      {
        file: 'formats',
        keywords:
          'vcard vcf ndjson jsonl json lines csv google outlook hubspot icloud readVCards writeVCards readNdjson writeNdjson',
      },
      {
        file: 'vcard',
        keywords:
          'vcard vcf address book google contacts icloud outlook android import export readVCards writeVCards',
      },
      { file: 'exporting', keywords: 'csv export columns bom formula excel' },
      { file: 'nightly-export', keywords: 'changed since incremental watermark export' },
      {
        file: 'mcp',
        keywords:
          'mcp model context protocol ai agent llm tools claude chatgpt cursor preview token untrusted prompt injection stdio createContactsServer',
      },
    ],
  },
  {
    title: 'Reliability',
    guides: [
      {
        file: 'errors-and-retries',
        keywords:
          'error code retry retries rate limit rateLimit concurrency 429 retry-after timeout timeoutMs abort signal deadline deadlineMs not_found invalid_input unauthenticated',
      },
      { file: 'reliability', keywords: 'fault lost write duplicate doubled' },
      { file: 'promises' },
      {
        file: 'logging',
        keywords: 'log debug hook hooks onRequest onResponse redact trace opentelemetry consoleHooks',
      },
    ],
  },
  {
    title: 'Testing',
    guides: [{ file: 'testing', keywords: 'test emulator memory mock fake fixture vitest jest cors fault' }],
  },
  {
    title: 'Moving',
    guides: [
      { file: 'copying', keywords: 'copy copyContacts migrate move dry run merge' },
      {
        file: 'syncing',
        keywords:
          'sync runSync defineSync ledger sqlite resume crash conflict merge deletion verifySync certificate readChanges findDuplicates nightly',
      },
      {
        file: 'many-machines',
        keywords:
          'worker workers queue bullmq postgres postgresql scale limit shared cron schedule million billion',
      },
      { file: 'migrating', keywords: 'migrate vendor sdk' },
    ],
  },
  {
    title: 'Speed',
    guides: [
      {
        file: 'performance',
        keywords: 'fast slow benchmark speed memory heap bundle size import startup latency cpu',
      },
    ],
  },
  { title: 'Authors', guides: [{ file: 'writing-an-adapter', keywords: 'adapter author conformance' }] },
]

/** All guides, in order. */
export const GUIDES: readonly Guide[] = GUIDE_GROUPS.flatMap(({ guides }) => guides)
