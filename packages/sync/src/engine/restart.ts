import { keyOf } from './note-target.ts'
import { commit } from './send-tasks.ts'
import { checkGoOn, type Work } from './work.ts'

const PAGE = 500

/** Forgets what was agreed, but not who belongs to whom: everything is compared anew. */
export async function forgetAgreed(work: Work): Promise<void> {
  const { ledger, plan } = work
  for (let after = 0; ; ) {
    checkGoOn(work)
    const pairs = await ledger.pairs(plan.name, { after, limit: PAGE })
    const last = pairs.at(-1)
    if (!last) return
    after = last.id
    await commit(
      work,
      pairs.map(({ id, source, target, ...pair }) => {
        const { base: _, read: __, ...from } = source ?? { id: '', seen: 0 }
        const { base: ___, read: ____, ...to } = target ?? { id: '', seen: 0 }
        const sides = { ...(source && { source: from }), ...(target && { target: to }) }
        return { type: 'pair', pair: { id, ...keyOf({ id, ...pair }), ...sides } }
      }),
    )
  }
}
