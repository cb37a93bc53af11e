import type { Contact } from '@anycontact/core'
import { memory } from '@anycontact/memory'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Connected, connect } from './testing/connect.ts'

const PREVIEW_MS = 100

/** A change that was shown: of which contact as it was, when, and with which token. */
interface Shown {
  readonly kind: 'update' | 'delete'
  readonly args: Readonly<Record<string, unknown>>
  readonly token: unknown
  readonly before: Contact
  readonly at: number
  /** What tells it from all others: the nickname that it gives. */
  readonly mark: string
}

/** A write that came to the provider. */
interface Written {
  readonly mark: string
  readonly before: Contact
  readonly at: number
}

/** Two contacts behind a server, with a clock set by hand, all writes of the server noted as they come. */
async function createWorld() {
  const store = memory()
  const ids = await Promise.all(['Ana', 'Bea'].map(async (name) => (await store.create({ name })).id))
  const world = { time: 0, marks: 0, shown: [] as Shown[], written: [] as Written[] }
  const note = async (id: string, mark: string): Promise<void> => {
    world.written.push({ mark, before: await store.get(id), at: world.time })
  }
  const watched = new Proxy(store, {
    get(target, name, receiver) {
      if (name === 'update') {
        const update: typeof store.update = async (ref, patch, options) => {
          if (typeof ref === 'object' && 'id' in ref) await note(String(ref.id), String(patch.nickname))
          return store.update(ref, patch, options)
        }
        return update
      }
      if (name === 'delete') {
        const remove: typeof store.delete = async (ref, options) => {
          if (typeof ref === 'object' && 'id' in ref) await note(String(ref.id), `delete ${String(ref.id)}`)
          return store.delete(ref, options)
        }
        return remove
      }
      return Reflect.get(target, name, receiver)
    },
  })
  const clock = { now: () => world.time }
  const { call } = await connect(watched, { write: true, previewMs: PREVIEW_MS, clock })
  return { ...world, world, store, ids, call }
}

type World = Awaited<ReturnType<typeof createWorld>>

async function preview({ world, store, ids, call }: World, who: number, kind: Shown['kind']): Promise<void> {
  const id = ids[who] ?? ''
  const before = await store.find(id)
  if (!before) return
  world.marks++
  const mark = kind === 'update' ? `mark ${world.marks}` : `delete ${id}`
  const args = { by: 'id', value: id, ...(kind === 'update' && { changes: { nickname: mark } }) }
  const { said } = await call(`preview_${kind}_contact`, args)
  world.shown.push({ kind, args, token: said.token, before, at: world.time, mark })
}

const apply = (call: Connected['call'], { kind, args, token }: Shown) =>
  call(`apply_${kind}_contact`, { ...args, token })

const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('preview' as const), who: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('preview delete' as const), who: fc.nat(1) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('apply' as const),
      which: fc.array(fc.nat(5), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      who: fc.nat(1),
      note: fc.constantFrom('a', 'b'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 120 }) }),
  },
)

describe('previews and what is done with them, in any order and at once', () => {
  it('write only what was shown of this very state, in time, and once', { timeout: 60_000 }, async () => {
    let applied = 0
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 25, size: 'max' }), async (sequence) => {
        const made = await createWorld()
        const { world, store, ids, call } = made
        for (const step of sequence) {
          if (step.do === 'preview') await preview(made, step.who, 'update')
          if (step.do === 'preview delete') await preview(made, step.who, 'delete')
          if (step.do === 'wait') world.time += step.ms
          if (step.do === 'edit') {
            const id = ids[step.who] ?? ''
            if (await store.find(id)) await store.update(id, { note: step.note })
          }
          if (step.do === 'apply') {
            const chosen = step.which.flatMap((back) => world.shown.at(-1 - back) ?? [])
            const known = world.written.length
            const answers = await Promise.all(chosen.map((one) => apply(call, one)))
            const done = answers.filter(({ isError }) => !isError).length
            expect(world.written.length - known).toBe(done)
            applied += done
          }
        }
        for (const { mark, before, at } of world.written) {
          const shown = world.shown.filter((one) => one.mark === mark && at < one.at + PREVIEW_MS)
          expect(shown.some((one) => sameBut(one.before, before))).toBe(true)
        }
        const marks = world.written.map(({ mark }) => mark)
        expect(new Set(marks).size).toBe(marks.length)
      }),
      { numRuns: 150 },
    )
    expect(applied).toBeGreaterThan(50)
  })
})

function sameBut({ raw: _one, ...before }: Contact, { raw: _other, ...now }: Contact): boolean {
  return JSON.stringify(before) === JSON.stringify(now)
}
