import type { Published } from './published.ts'

const REPOSITORY = 'https://github.com/anycontact/anycontact'

/** What npm shows beside a package, and what its user's tools read: the same everywhere but for the folder. */
function expectedMetadata({ name, folder }: Published): Readonly<Record<string, unknown>> {
  return {
    name,
    license: 'MIT',
    author: 'AnyContact contributors',
    homepage: `${REPOSITORY}/tree/main/${folder}#readme`,
    bugs: { url: `${REPOSITORY}/issues` },
    repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory: folder },
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    types: './dist/index.d.ts',
    files: ['dist', 'CHANGELOG.md'],
    publishConfig: { access: 'public' },
  }
}

/** What a package.json that is to be published says otherwise than the others, or not at all. */
export function metadataProblems(published: Published): readonly string[] {
  const { manifest, folder } = published
  const problems: string[] = []
  for (const [key, wanted] of Object.entries(expectedMetadata(published))) {
    if (JSON.stringify(manifest[key]) !== JSON.stringify(wanted))
      problems.push(`"${key}" is ${JSON.stringify(manifest[key])}, not ${JSON.stringify(wanted)}`)
  }
  const { description, keywords } = manifest
  if (typeof description !== 'string' || description === '') problems.push('has no "description"')
  if (!Array.isArray(keywords) || !keywords.includes('anycontact'))
    problems.push('"keywords" lack anycontact')
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) {
    if (Object.hasOwn(Object(manifest.scripts), script)) problems.push(`runs "${script}" at its users'`)
  }
  return problems.map((problem) => `${folder}/package.json: ${problem}`)
}
