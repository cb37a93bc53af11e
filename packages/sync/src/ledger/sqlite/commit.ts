import type { LedgerChange } from '../change.ts'
import type { Claim } from '../ledger.ts'
import type { PairWrite } from '../pair.ts'
import { requiredNumber } from '../rows/row.ts'
import { checkFence } from './claims.ts'
import { dropConflictsNamed, putConflict } from './conflicts.ts'
import type { Database } from './database.ts'
import { dropPairs, insertPair, markSeen, replacePair } from './pairs.ts'
import { addCounts, expireRuns, putGeneration, putIntent, putRun, putStaged } from './records.ts'

/** Stores changes, all or none. @returns the numbers of the pairs that were new */
export function commit(
  database: Database,
  sync: number,
  claim: Claim,
  changes: readonly LedgerChange[],
  now: number,
): readonly number[] {
  return database.transaction(() => {
    checkFence(database, sync, claim)
    const added: number[] = []
    const work: Work = {
      database,
      sync,
      fence: claim.fence,
      now,
      pairNumbers: new Numbers(database, 'pair'),
      stagedNumbers: new Numbers(database, 'staged'),
      added,
    }
    for (const change of changes) apply(work, change)
    work.pairNumbers.store()
    work.stagedNumbers.store()
    return added
  })
}

interface Work {
  readonly database: Database
  readonly sync: number
  readonly fence: number
  readonly now: number
  readonly pairNumbers: Numbers
  readonly stagedNumbers: Numbers
  /** The numbers of the new pairs. */
  readonly added: number[]
}

function apply(work: Work, change: LedgerChange): void {
  const { database, sync } = work
  switch (change.type) {
    case 'pair': {
      const { pair } = change
      if (pair.id === undefined) work.added.push(addPair(work, pair))
      else replacePair(database, sync, pair.id, pair)
      break
    }
    case 'seen':
      markSeen(database, sync, change)
      break
    case 'drop':
      dropPairs(database, sync, change.pairs)
      break
    case 'intent':
      putIntent(database, sync, change.intent, work.fence, work.now)
      break
    case 'settled':
      database.run(
        'DELETE FROM intent WHERE sync = ? AND id IN (SELECT value FROM json_each(?))',
        sync,
        JSON.stringify(change.intents),
      )
      break
    case 'generation':
      putGeneration(database, sync, change.generation)
      break
    case 'stage':
      for (const contact of change.contacts) {
        putStaged(database, sync, { ...contact, sequence: work.stagedNumbers.next() })
      }
      break
    case 'unstage':
      database.run(
        'DELETE FROM staged WHERE sequence IN (SELECT value FROM json_each(?)) AND +sync = ?',
        JSON.stringify(change.sequences),
        sync,
      )
      break
    case 'conflict':
      putConflict(database, sync, change.conflict)
      break
    case 'resolved':
      dropConflictsNamed(database, sync, change.conflicts)
      break
    case 'run':
      putRun(database, sync, change.run)
      break
    case 'count':
      addCounts(database, sync, change.run, change.counts)
      break
    case 'expire':
      expireRuns(database, sync, change.endedBefore)
      break
    case 'definition':
      database.run('UPDATE sync SET definition = ? WHERE id = ?', JSON.stringify(change.definition), sync)
      break
    default:
      change satisfies never
  }
}

function addPair({ database, sync, pairNumbers }: Work, pair: PairWrite): number {
  const id = pairNumbers.next()
  insertPair(database, sync, id, pair)
  return id
}

/** Numbers that are never given twice; read at the first one of a transaction, written back at its end. */
class Numbers {
  readonly #database: Database
  readonly #name: string
  #next: number | undefined

  constructor(database: Database, name: 'pair' | 'staged') {
    this.#database = database
    this.#name = name
  }

  next(): number {
    const number = this.#next ?? this.#read()
    this.#next = number + 1
    return number
  }

  store(): void {
    if (this.#next === undefined) return
    this.#database.run('UPDATE counter SET next = ? WHERE name = ?', this.#next, this.#name)
  }

  #read(): number {
    const row = this.#database.first('SELECT next FROM counter WHERE name = ?', this.#name)
    return row ? requiredNumber(row, 0) : 1
  }
}
