import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Contact } from '@anycontact/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineSync } from '../define/define-sync.ts'
import { runSync } from '../engine/run-sync.ts'
import { createWorld } from '../engine/testing/world.ts'
import { inputSource } from '../inputs/input-source.ts'
import { verifySync } from '../verify/verify-sync.ts'
import { readCertificate } from './certificate.ts'
import { runCheck } from './cli.ts'
import { canonical, isList, isMap, type Json } from './json.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** A certificate of two sides that differ in some ways or in none, with exports of both. */
async function certified({ differ }: { readonly differ: boolean }) {
  const { cognipeer, chatbotkit, ledger, clock } = createWorld()
  await cognipeer.createMany(
    Array.from({ length: 60 }, (_, at) => ({
      externalId: `u${at}`,
      name: `Zoë ${at}`,
      email: `U${at}@Example.com`,
      ...(at % 3 === 0 && { phone: at === 0 ? '(415) 555-2671' : `+1 415 555 ${1000 + at}` }),
      ...(at % 5 === 0 && { tags: ['b', 'a'] }),
      customFields: { plan: 'pro', nested: { b: 1, a: [1.5, 'x'] } },
    })),
  )
  const sync = defineSync({
    name: 'nightly',
    source: cognipeer,
    target: chatbotkit,
    by: 'externalId',
    fields: { status: 'customFields.status' },
    lost: ['tags'],
  })
  await runSync(sync, { ledger, clock, random: () => 0.5 })
  if (differ) {
    const [one, two, three, four] = await chatbotkit.list().toArray()
    await chatbotkit.update(one ?? '', { name: 'Somebody else' })
    await chatbotkit.update(two ?? '', { email: null, customFields: { own: 1 } })
    await chatbotkit.update(three ?? '', { phone: '+351912000001' })
    await chatbotkit.delete(four ?? '')
    await chatbotkit.create({ externalId: 'other', name: 'Other' })
  }
  const certificate: Json = JSON.parse(JSON.stringify(await verifySync(sync, { ledger, clock })))
  return {
    certificate,
    source: await cognipeer.list().toArray(),
    target: await chatbotkit.list().toArray(),
  }
}

let count = 0
async function file(text: string): Promise<string> {
  const path = join(folder, `${++count}`)
  await writeFile(path, text)
  return path
}

function ndjson(contacts: readonly Contact[]): Promise<string> {
  return file(contacts.map((contact) => `${JSON.stringify(contact)}\n`).join(''))
}

async function check(certificate: Json, exports: { source?: string; target?: string } = {}) {
  let text = ''
  const args = Object.entries(exports).flatMap(([side, path]) => [`--${side}`, path])
  const code = await runCheck([await file(JSON.stringify(certificate)), ...args], {
    out: (part) => {
      text += part
    },
    err: (part) => {
      text += part
    },
  })
  return { code, text }
}

/** Every way in which one number, word or hash of a document can be another one. */
function* tampered(value: Json, path: readonly string[] = []): Generator<readonly [string, Json], void> {
  if (typeof value === 'number') yield [path.join('.'), value + 1]
  else if (typeof value === 'boolean') yield [path.join('.'), !value]
  else if (typeof value === 'string')
    yield [path.join('.'), value.replace(/^./, (sign) => (sign === '0' ? '1' : '0'))]
  else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      for (const [at, other] of tampered(member, [...path, name])) {
        yield [at, isList(value) ? value.with(Number(name), other) : { ...value, [name]: other }]
      }
    }
  }
}

/** What rests on the ledger's word, or on the clock's: no export tells otherwise. */
const ON_TRUST =
  /^(startedAt|endedAt|unproved|sync|definition\.(source|target|deletions|keep|lost)|reading\.key\.\w+\.ownIds|sides\.\w+\.(provider|complete)|differences\.first\.\d+\.(source|target|fields|code)|hashing\.algorithm)/

/** What follows from the rest of a certificate. */
const BY_ARITHMETIC =
  /^(sides\.\w+\.(contacts|keyless|repeated|paired|only)|pairs|differences\.(total|kinds|known|left)|buckets\.\d+\.(pairs|unequal|\w+\.contacts)|keyless\.\w+\.contacts|survival\.\d+\.(?!extra|field)|agrees|proved|reading\.(direction|absent|inputs|key\.\w+\.field|fields\.\d+\.(field|source|target)|customFields))/

/** A certificate with the digest that it would have. */
function sealed(certificate: Json): Json {
  if (!isMap(certificate)) throw new Error('A certificate is an object.')
  const { digest: _, ...rest } = certificate
  return { ...rest, digest: createHash('sha256').update(canonical(rest)).digest('hex') }
}

describe('a certificate', () => {
  it.each([false, true])('holds, and is what the exports say; with differences: %s', async (differ) => {
    const { certificate, source, target } = await certified({ differ })
    const exports = { source: await ndjson(source), target: await ndjson(target) }
    const code = differ ? 3 : 0
    expect(await check(certificate)).toMatchObject({ code, text: expect.stringContaining('It holds') })
    expect(await check(certificate, exports)).toMatchObject({
      code,
      text: expect.stringContaining('the export of the source and of the target is what it says'),
    })
    expect(await check(certificate, { source: exports.source })).toMatchObject({ code })
  })

  it('does not hold when anything in it is changed', async () => {
    const { certificate } = await certified({ differ: true })
    let tried = 0
    for (const [path, other] of tampered(certificate)) {
      // One in seven of the many buckets, and everything else.
      if (path.startsWith('buckets') && ++tried % 7 !== 0) continue
      expect(await check(other), path).toMatchObject({ code: 1 })
    }
    expect(tried).toBeGreaterThan(256 * 8 - 1)
  })

  it('is told in a word: what agrees, what differs, and what is not proved', async () => {
    const { certificate } = await certified({ differ: false })
    expect((await check(certificate)).text).toContain('They agree.')
    const { certificate: differing } = await certified({ differ: true })
    expect((await check(differing)).text).toMatch(/They do not agree: [2-9] differences\./)
    if (!isMap(certificate)) throw new Error('A certificate is an object.')
    const unproved = sealed({
      ...certificate,
      proved: false,
      agrees: false,
      unproved: ['A run was at work.'],
    })
    const { code, text } = await check(unproved)
    expect(code).toBe(3)
    expect(text).toContain('Nothing is proved: A run was at work.')
    expect(text).toContain('No difference was found, but that is no proof.')
  })

  it('does not hold against the exports when anything in it is changed and it is sealed again', async () => {
    const { certificate, source, target } = await certified({ differ: true })
    const exports = { source: await ndjson(source), target: await ndjson(target) }
    expect(await check(sealed(certificate), exports)).toMatchObject({ code: 3 })
    const unnoticed: string[] = []
    let tried = 0
    for (const [path, other] of tampered(certificate)) {
      if (path === 'digest' || ON_TRUST.test(path)) continue
      if (path.startsWith('buckets') && ++tried % 29 !== 0) continue
      if ((await check(sealed(other), exports)).code !== 1) unnoticed.push(path)
    }
    expect(unnoticed).toEqual([])
  })

  it('does not hold by its own arithmetic when one of its counts is changed and it is sealed again', async () => {
    const { certificate } = await certified({ differ: true })
    const read = readCertificate(certificate)
    const unnoticed: string[] = []
    let tried = 0
    for (const [path, other] of tampered(certificate)) {
      const [isBucket, number] = /^buckets\.(\d+)\.\w+\.paired$/.exec(path) ?? []
      // Where pairs are not the same, their hashes may be any two.
      const isHash = isBucket !== undefined && read.buckets[Number(number)]?.unequal === 0
      if (!isHash && !BY_ARITHMETIC.test(path)) continue
      if (path.startsWith('buckets') && tried > 300) continue
      tried++
      if ((await check(sealed(other))).code !== 1) unnoticed.push(path)
    }
    expect(tried).toBeGreaterThan(300)
    expect(unnoticed).toEqual([])
  })

  it('does not hold against an export of which one value, contact or line is another one', async () => {
    const { certificate, source, target } = await certified({ differ: false })
    const wrong: readonly (readonly Contact[])[] = [
      source.slice(1),
      [...source, ...source.slice(0, 1).map((one) => ({ ...one, id: 'x', externalId: 'x' }))],
      source.map((one, at) => (at === 7 ? { ...one, name: 'Other' } : one)),
      source.map((one, at) => (at === 7 ? { ...one, customFields: { plan: 'free' } } : one)),
      source.map((one, at) => (at === 7 ? { ...one, externalId: 'other' } : one)),
    ]
    for (const contacts of wrong) {
      const exports = { source: await ndjson(contacts), target: await ndjson(target) }
      expect(await check(certificate, exports)).toMatchObject({ code: 1 })
      expect(await check(certificate, { source: exports.source })).toMatchObject({ code: 1 })
    }
    expect(await check(certificate, { source: await file('{"id":"1"}\nno json\n') })).toMatchObject({
      code: 1,
      text: expect.stringContaining('Line 2'),
    })
  })

  it('is of inputs what they say, and no more', async () => {
    const { memory: target, ledger, clock } = createWorld()
    const contactMethods = [
      { type: 'email', value: 'ana@example.com', primary: true },
      { type: 'fax', value: '+4930123' },
    ] as const
    await target.create({ externalId: 'u1', name: 'Ana', tags: ['a'], contactMethods })
    const source = inputSource({
      provider: 'inputs',
      by: 'externalId',
      fields: ['name', 'email', 'contactMethods', 'tags'],
      open: () => [
        { contact: { externalId: 'u1', email: 'ana@example.com' } },
        { contact: { externalId: 'u2', contactMethods, tags: [] } },
      ],
    })
    const sync = defineSync({ name: 'import', source, target, by: 'externalId', absent: 'leave' })
    await runSync(sync, { ledger, clock })
    const certified = async () => {
      const certificate: Json = JSON.parse(JSON.stringify(await verifySync(sync, { ledger, clock })))
      const files = [await source.list().toArray(), await target.list().toArray()].map(ndjson)
      const [here = '', there = ''] = await Promise.all(files)
      return { certificate, exports: { source: here, target: there } }
    }
    const { certificate, exports } = await certified()
    expect(certificate).toMatchObject({ agrees: true, pairs: { equal: 2 }, reading: { inputs: true } })
    expect(await check(certificate, exports)).toMatchObject({ code: 0 })
    // The second one says that there are no tags.
    await target.update({ externalId: 'u2' }, { tags: ['b'] })
    const other = await certified()
    expect(other.certificate).toMatchObject({ agrees: false, differences: { total: 1 } })
    expect(await check(other.certificate, other.exports)).toMatchObject({ code: 3 })
  })

  it('is refused when it is none', async () => {
    for (const document of [null, [], {}, { format: 'anycontact-sync-certificate', version: 2 }]) {
      expect(await check(document)).toMatchObject({ code: 1 })
    }
  })
})
