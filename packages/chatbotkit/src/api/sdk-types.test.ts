import { describe, expect, it } from 'vitest'
import { compile, ownExports, type SdkExport, type SdkModule, sdkModules } from '../testing/sdk-modules.ts'

/**
 * What the vendor's `ResponsePromise` has and ours has not: the members by which the SDK does its work, one of which holds the
 * token, and its constructor. It is the only exception, beside the classes' private members.
 */
const WORKINGS = [
  'url',
  'request',
  'decoder',
  'fetchPromise',
  'streamPromise',
  'cacheMap',
  'getRequest',
  'getFetchPromise',
  'getStreamPromise',
]

/**
 * How types are compared. Of classes the members are: a class with private members takes no other class, whatever it has.
 */
const HEAD = `
import type * as oursClient from '@anycontact/chatbotkit/api/client'
import type * as theirsClient from '@chatbotkit/sdk/client'

type Not<Problem extends string> = { readonly problem: Problem }
type Is<A, B> = [A] extends [B] ? true : false
type Identical<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
type ReadonlyKeys<T> = {
  [K in keyof T]-?: Identical<{ [Q in K]: T[K] }, { -readonly [Q in K]: T[K] }> extends true ? never : K
}[keyof T]

/** The members of all the forms that a type can have. */
type KeysOfEach<T> = T extends unknown ? keyof T : never
type IsRecord<T> = Is<T, Record<string, unknown>>
type Item<T> = T extends { items: (infer I)[] } ? I : T extends { data: infer I } ? I : never

/**
 * Each is assignable to the other, takes the same assignments, and is a record where the other is. Both have the same members: a missing
 * one that is optional leaves them assignable.
 */
type Same<Theirs, Ours> =
  Is<Theirs, Ours> extends false ? Not<'what the SDK gives is not taken here'>
  : Is<Ours, Theirs> extends false ? Not<'what is given here the SDK does not take'>
  : Identical<KeysOfEach<Theirs>, KeysOfEach<Ours>> extends false ? Not<'a member is missing, or is one that the SDK has not'>
  : Identical<KeysOfEach<Item<Theirs>>, KeysOfEach<Item<Ours>>> extends false ? Not<'an item lacks a member, or has one that the SDK has not'>
  : Identical<ReadonlyKeys<Theirs>, ReadonlyKeys<Ours>> extends false ? Not<'a member is readonly'>
  : Identical<IsRecord<Theirs>, IsRecord<Ours>> extends false ? Not<'no record'>
  : Identical<IsRecord<Item<Theirs>>, IsRecord<Item<Ours>>> extends false ? Not<'its items are no records'>
  : true

/** What comes of a call: when it is awaited, and when it is streamed. */
type Result<T> = T extends { stream(...args: never[]): AsyncGenerator<infer Line> } ? [Awaited<T>, Line] : [Awaited<T>]

type Client = theirsClient.ChatBotKitClient
type Given<Args> = Args extends [Client, ...infer Rest] ? [oursClient.ChatBotKitClient, ...Rest] : Args

/** A call with what the SDK takes compiles, and what comes of it is what comes of the SDK's. */
type Call<Theirs, Ours> =
  Theirs extends (...args: infer Args) => infer R
    ? Ours extends (...args: infer Args2) => infer R2
      ? Is<Given<Args>, Args2> extends false ? Not<'it takes other arguments'>
        : R extends Client ? Is<R2, oursClient.ChatBotKitClient>
        : Same<Result<R>, Result<R2>>
      : Not<'it is no function'>
    : Theirs extends Client ? Is<Ours, oursClient.ChatBotKitClient>
    : Same<Theirs, Ours>

/** The same of every member that both have. */
type Members<Theirs, Ours> = Identical<
  { [K in keyof Theirs & keyof Ours]: Call<Theirs[K], Ours[K]> },
  { [K in keyof Theirs & keyof Ours]: true }
>

type New<Theirs, Ours> =
  Theirs extends new (...args: infer Args) => unknown
    ? Ours extends new (...args: infer Args2) => unknown ? Is<Args, Args2> : Not<'it is no class'>
    : Not<'it is no class'>
`

const PARAMETERS = ['', '<string>', '<string, number>']

/** What must hold of an export: parts of a claim by what they are about. */
function claims(
  { name, declaredName, kind, parameters }: SdkExport,
  theirs: string,
  ours: string,
): Record<string, string> {
  const [their, our] = [`${theirs}.${name}`, `${ours}.${name}`]
  const isPromise = name === 'ResponsePromise'
  if (kind === 'function') return { call: `Call<typeof ${their}, typeof ${our}>` }
  const ofClass = kind === 'class' || isPromise || name === 'ChatBotKitClient'
  const args = PARAMETERS[parameters] ?? ''
  if (!ofClass) return { type: `Same<${their}${args}, ${our}${args}>` }
  const isDefault = name === 'default'
  const instance = isDefault ? `InstanceType<typeof ${their}>` : their + args
  const other = isDefault ? `InstanceType<typeof ${our}>` : our + args
  const left = isPromise ? WORKINGS.map((word) => `'${word}'`).join(' | ') : 'never'
  return {
    'names of members': `Identical<Exclude<keyof ${instance}, keyof ${other}>, ${left}>`,
    members: `Members<${instance}, ${other}>`,
    ...(isDefault && { identity: `Identical<typeof ${our}, typeof ${ours}.${declaredName}>` }),
    ...(kind === 'class' && !isPromise && { constructor: `New<typeof ${their}, typeof ${our}>` }),
  }
}

/** What the compiler says to a program that claims of each export of modules that ours is the same. */
function differences(modules: readonly SdkModule[]): Readonly<Record<string, string>> {
  const lines = new Map<string, string>()
  const imports = modules.map(({ path }, index) =>
    [
      `import type * as theirs${index} from '@chatbotkit/sdk/${path}'`,
      `import type * as ours${index} from '@anycontact/chatbotkit/api/${path}'`,
    ].join('\n'),
  )
  for (const [index, { path, exports }] of modules.entries()) {
    for (const exported of exports) {
      for (const [part, claim] of Object.entries(claims(exported, `theirs${index}`, `ours${index}`))) {
        lines.set(`${path}: ${exported.name}, ${part}`, `export const is${lines.size}: ${claim} = true`)
      }
    }
  }
  return compile(HEAD + imports.join('\n'), lines)
}

describe('the vendor’s SDK as it is installed', () => {
  const modules = sdkModules()

  it('has modules, and they have exports', () => {
    expect(modules.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['client', 'contact', 'contact/v1']),
    )
    for (const { path, exports } of modules) expect(exports.length, path).toBeGreaterThan(2)
  })

  it('exports nothing that ours does not export with the same type', () => {
    expect(differences(modules)).toEqual({})
  })

  it('has no path that ours has not, with the same default export', () => {
    const ours = ownExports()
    for (const path of modules.flatMap(({ paths }) => paths)) {
      const [, part] = /^contact\/(conversation|secret|space|task)\b/.exec(path) ?? []
      const file = part === undefined ? './dist/api' : `./dist/api/${part}`
      expect(ours[`./api/${path}`], path).toEqual({ types: `${file}.d.ts`, default: `${file}.js` })
    }
  })
})
