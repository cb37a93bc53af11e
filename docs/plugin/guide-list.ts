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
      { file: 'getting-started', keywords: 'install quick start requirements' },
      { file: 'installing-from-a-clone', keywords: 'install clone tarball pack' },
      { file: 'swapping-providers', keywords: 'swap change provider' },
    ],
  },
  {
    title: 'Providers',
    guides: [
      { file: 'chatbotkit' },
      { file: 'cognipeer' },
      { file: 'channel-inbox', keywords: 'imbrace inbox' },
      { file: 'contact-methods', keywords: 'artu' },
      { file: 'capabilities', keywords: 'matrix lookup' },
    ],
  },
  {
    title: 'Working with contacts',
    guides: [
      { file: 'listing-and-filtering', keywords: 'list filter where cursor page scan sort order explain' },
      { file: 'find-or-create', keywords: 'upsert find create recipe web handler hono' },
      { file: 'importing', keywords: 'csv import read file' },
      { file: 'exporting', keywords: 'csv export columns bom formula excel' },
      { file: 'nightly-export', keywords: 'changed since incremental watermark export updatedAt' },
    ],
  },
  {
    title: 'Reliability',
    guides: [
      { file: 'errors-and-retries', keywords: 'error retry code rate limit timeout abort deadline' },
      { file: 'reliability', keywords: 'fault lost write' },
      { file: 'promises' },
      { file: 'logging', keywords: 'log debug hooks trace opentelemetry' },
    ],
  },
  { title: 'Testing', guides: [{ file: 'testing', keywords: 'test emulator memory mock vitest jest' }] },
  {
    title: 'Moving',
    guides: [
      { file: 'copying', keywords: 'copy migrate move dry run sync' },
      { file: 'migrating', keywords: 'migrate vendor sdk' },
    ],
  },
  { title: 'Authors', guides: [{ file: 'writing-an-adapter', keywords: 'adapter author conformance' }] },
]

/** All guides, in order. */
export const GUIDES: readonly Guide[] = GUIDE_GROUPS.flatMap(({ guides }) => guides)
