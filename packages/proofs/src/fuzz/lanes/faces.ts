import fc from 'fast-check'
import { CLIENT, type FaceName, type FaceWorld, faces, ID, openFace } from '../faces.ts'
import { type Lane, lane, member, outcomeOf } from '../lane.ts'
import { nonsense, type Path, pathsIn, replaced } from '../nonsense.ts'
import { call } from '../world.ts'

const names = Object.keys(faces) as readonly FaceName[]

/** What is without end, for whoever writes it as JSON. */
const ENDLESS: ReadonlySet<string> = new Set(['very sparse', 'twice at each level'])
/** What the language itself says about an iteration that goes wrong. */
const OF_ITERATION: ReadonlySet<string> = new Set(['bad iterable', 'thenable', 'revoked'])

const cases = names.flatMap((face) =>
  Object.entries(faces[face].calls).flatMap(([operation, args]) =>
    pathsIn(args).flatMap((path) =>
      Object.keys(nonsense)
        .filter((kind) => path.length > 0 && !isLeftOut(operation, args, path, kind))
        .map((kind) => ({ face, operation, path, kind })),
    ),
  ),
)

function isLeftOut(operation: string, args: readonly unknown[], [first]: Path, kind: string): boolean {
  if (ENDLESS.has(kind)) return true
  if (/^(?:collect|getFirst)/.test(operation)) return OF_ITERATION.has(kind)
  const isOfCall = member(args[Number(first)], 'deadlineMs') !== undefined
  // Settings of a call are no input of a vendor's program.
  return kind === 'revoked' && isOfCall
}

/**
 * Every method and function of the vendor-shaped clients with nonsense at one place of a good call. What the vendor's own types let
 * through, the vendor may judge: it must only be done, or be refused in an error of ours.
 */
export const faceCalls: Lane = lane(
  'faces',
  fc.constantFrom(...cases),
  async ({ face, operation, path, kind }) => {
    const world = openFace(face)
    const args = replaced(faces[face].calls[operation], path, nonsense[kind]?.())
    const given = Object.values(Object(args)).map((arg) => withOwn(arg, world))
    const outcome = await outcomeOf(() => run(face, operation, given, world), world.requests)
    return 'given' in outcome ? 'taken' : 'refused'
  },
  ({ face, operation, path, kind }) => `${face} ${operation}(${path.join('.')}: ${kind})`,
)

/** An argument with the client and the id of what is there in their places. */
function withOwn(value: unknown, world: FaceWorld): unknown {
  if (value === CLIENT) return world.client
  if (value === ID) return world.id
  // Only good arguments hold the place of an id, and they are plain.
  if (typeof value !== 'object' || value === null || !isPlain(value)) return value
  if (Array.isArray(value)) return value.map((item) => withOwn(item, world))
  return Reflect.has(value, 'id') ? { ...value, id: withOwn(Reflect.get(value, 'id'), world) } : value
}

function isPlain(value: object): boolean {
  try {
    return Array.isArray(value) ? value.length < 3 : Object.getPrototypeOf(value) === Object.prototype
  } catch {
    return false
  }
}

async function run(
  face: FaceName,
  operation: string,
  args: readonly unknown[],
  { client }: FaceWorld,
): Promise<unknown> {
  if (operation === 'list().stream') {
    const [request, options] = args
    return drain(call(Object(call(client, 'list', [request])), 'stream', [options]))
  }
  const path = operation.split('.')
  const name = path.pop() ?? ''
  const isFunction = path.length === 0 && !(name in client)
  let holder: object = isFunction ? faces[face].module : client
  for (const part of path) holder = Object(Reflect.get(holder, part))
  const given = call(holder, name, args)
  return name === 'iterate' ? drain(given) : given
}

/** Reads what comes one by one, up to a few. */
async function drain(items: unknown): Promise<number> {
  let count = 0
  for await (const _ of Object(items) as AsyncIterable<unknown>) if (++count > 20) break
  return count
}
