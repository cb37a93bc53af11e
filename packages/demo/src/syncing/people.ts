import type { CognipeerSeed } from '@anycontact/emulator'
import { makePerson } from '../../scripts/contacts/people.ts'
import { createDraw, type Draw } from '../../scripts/contacts/random.ts'

const SEED = 20_261_130

/**
 * Makes up contacts as Cognipeer stores them; the same ones every time.
 *
 * @param count - how many
 */
export function makePeople(count: number): readonly CognipeerSeed[] {
  const draw = createDraw(SEED)
  return Array.from({ length: count }, (_, index) => makeRecord(draw, index + 1))
}

/**
 * The external ids of those that change between two runs: every so many.
 *
 * @param people - all
 * @param share - such as 0.01
 */
export function chooseChanged(people: readonly CognipeerSeed[], share: number): readonly string[] {
  const step = Math.round(1 / share)
  return people.flatMap(({ integrationId }, index) =>
    index % step === 0 && typeof integrationId === 'string' ? [integrationId] : [],
  )
}

function makeRecord(draw: Draw, number: number): CognipeerSeed {
  const { external_id, name, email, phone, plan, city, country, score } = makePerson(draw, number)
  return {
    integrationId: external_id,
    name,
    ...(email !== '' && { email }),
    ...(phone !== '' && { phone }),
    properties: { plan, city, country, ...(score !== '' && { score: Number(score) }) },
    tags: draw.chance(20) ? ['newsletter'] : [],
    status: draw.chance(90) ? 'active' : 'inactive',
  }
}
