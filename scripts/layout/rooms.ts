import { importedFile, isForTests, isTest, type Report, type SourceTree } from './tree.ts'

/** The rooms of a package, by their paths below `src/`: each a file, or a folder of that name whose face is its `index.ts`. */
interface Plan {
  /** Rooms that must be there. */
  readonly required: readonly string[]
  /** Rooms that may be there. */
  readonly optional: readonly string[]
  /** Whether it has `api/`, with the vendor's resources beside the rooms in it. */
  readonly hasApi: boolean
}

const COMMON = ['capabilities', 'options', 'mapping', 'listing', 'lookup', 'writes']
const API = ['client', 'endpoints', 'options', 'transport', 'types', 'wire', 'errors']

/** Folders of loose files that may be imported one by one. */
const LOOSE = ['quirks', 'testing']

/**
 * Checks that a package has the rooms and no other files, that nobody reaches past the face of a room that is a folder, and that
 * each quirk says which it is.
 *
 * - `quirks/` holds one oddity of the vendor a file, `testing/` the set-ups of the tests.
 * - A file of `api/` that is none of its rooms is a **resource**: `api/index.ts` exports something of it, or nothing outside `api/`
 *   imports it but tests.
 * - A test stands in the folder of what it tests.
 */
export function checkRooms(tree: SourceTree, report: Report): void {
  const { name, folder, files } = tree
  const plan = planOf(name)
  const problem = (path: string, text: string): void => report(`${folder}/src/${path}`, text)
  for (const path of plan.hasApi ? ['index.ts', 'api/index.ts'] : ['index.ts']) {
    if (!files.has(path)) problem(path, 'is missing')
  }
  for (const room of plan.required) {
    if (!files.has(`${room}.ts`) && !files.has(`${room}/index.ts`)) problem(`${room}.ts`, 'is missing')
  }
  const folders = new Set<string>()
  for (const path of files.keys()) {
    const room = roomOf(path, plan)
    if (room === undefined) problem(path, 'is in none of the rooms that every adapter has')
    else if (path.startsWith(`${room}/`) && !LOOSE.includes(room) && room !== 'api' && room !== '')
      folders.add(room)
  }
  for (const room of folders) {
    if (!files.has(`${room}/index.ts`)) problem(room, 'is a room without a face: it has no index.ts')
    if (files.has(`${room}.ts`)) problem(room, `stands beside ${room}.ts: a room is a file or a folder`)
  }
  checkFaces(tree, folders, problem)
  if (plan.hasApi) checkResources(tree, problem)
  checkQuirks(tree, problem)
}

function planOf(name: string): Plan {
  const required = [...COMMON, name]
  // Memory has no vendor, so it has the store where the others have the vendor's face.
  if (name === 'memory') return { required, optional: ['groups', 'store'], hasApi: false }
  return { required: [...required, ...API.map((room) => `api/${room}`)], optional: ['groups'], hasApi: true }
}

/** The room or the loose folder that a file belongs to; `''` and `api` for what stands in no room of them. */
function roomOf(path: string, plan: Plan): string | undefined {
  const [first = '', ...rest] = path.replace(/(\.test(-d)?)?\.ts$/, '').split('/')
  if (!path.endsWith('.ts')) return undefined
  if (LOOSE.includes(first)) return rest.length === 1 ? first : undefined
  if (first === 'api' && plan.hasApi) {
    if (rest.length === 1) return isTest(path) ? 'api' : `api/${rest[0]}`
    return rest.length === 2 ? `api/${rest[0]}` : undefined
  }
  if (rest.length === 0 && (isTest(path) || first === 'index')) return ''
  const isRoom = plan.required.includes(first) || plan.optional.includes(first)
  return isRoom && rest.length <= 1 ? first : undefined
}

type Problem = (path: string, text: string) => void

/** What is outside a room that is a folder imports its `index.ts` alone. */
function checkFaces({ files }: SourceTree, folders: ReadonlySet<string>, problem: Problem): void {
  for (const [path, { imports }] of files) {
    for (const specifier of imports) {
      const target = importedFile(path, specifier)
      const room = target && [...folders].find((folder) => target.startsWith(`${folder}/`))
      if (room === undefined || path.startsWith(`${room}/`) || target === `${room}/index.ts`) continue
      problem(path, `imports ${target}, past the face ${room}/index.ts`)
    }
  }
}

/** What stands in `api/` beside the rooms belongs to the face that users see, or stays inside. */
function checkResources({ files }: SourceTree, problem: Problem): void {
  const face = files.get('api/index.ts')
  if (!face) return
  const whole = new Set(
    face.reexports.filter((one) => one.whole).map(({ from }) => importedFile('api/index.ts', from)),
  )
  const isResource = (path: string): boolean =>
    path.startsWith('api/') &&
    path !== 'api/index.ts' &&
    !API.some((room) => path === `api/${room}.ts` || path.startsWith(`api/${room}/`))
  for (const [path, { imports }] of files) {
    if (path.startsWith('api/') || isForTests(path)) continue
    for (const specifier of imports) {
      const target = importedFile(path, specifier)
      const exported = target !== undefined && isResource(target) ? files.get(target)?.exported : undefined
      if (target === undefined || !exported || whole.has(target)) continue
      if (![...exported].some((name) => face.exported.has(name))) {
        problem(path, `imports ${target}, of which api/index.ts exports nothing: it is no resource`)
      }
    }
  }
}

/** A quirk says in its first line which oddity it is about and where that was seen. */
function checkQuirks({ files }: SourceTree, problem: Problem): void {
  for (const [path, { comments }] of files) {
    if (!path.startsWith('quirks/') || isTest(path)) continue
    const [first] = comments
    const line = first?.line === 1 ? first.text.split('\n', 1)[0] : undefined
    if (line === undefined || line.length < 30 || !/\b(seen|source)\b/i.test(line)) {
      problem(
        path,
        'does not say in its first line which oddity this is and where it was seen: `// … Seen in …`',
      )
    }
  }
}
