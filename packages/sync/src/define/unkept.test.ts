import { ContactsError } from '@anycontact/core'
import { describe, expect, it } from 'vitest'
import { emptyClient, PROVIDERS } from '../project/testing/clients.ts'
import { defineSync } from './define-sync.ts'
import type { LostField } from './definition.ts'
import { KEYS, UNKEPT } from './testing/unkept.ts'

/** The options that are wrong with a definition, and all that is said. */
function refused(define: () => unknown): { readonly paths: readonly string[]; readonly message: string } {
  try {
    define()
  } catch (error) {
    if (ContactsError.is(error))
      return { paths: (error.issues ?? []).map(({ path }) => path), message: error.message }
    throw error
  }
  return { paths: [], message: '' }
}

describe.each(PROVIDERS.flatMap((from) => PROVIDERS.map((to) => [from, to] as const)))(
  'from %s to %s',
  (from, to) => {
    const unkept: readonly LostField[] = UNKEPT[from][to]
    const define = (lost: readonly LostField[]) =>
      defineSync({ name: 'x', source: emptyClient(from), target: emptyClient(to), by: KEYS[to], lost })

    it('each field that the target does not keep has to be named, and no other', () => {
      expect(define(unkept).name).toBe('x')
      for (const field of unkept) {
        const { paths, message } = refused(() => define(unkept.filter((other) => other !== field)))
        expect(paths).toEqual(['lost'])
        expect(message).toContain(`must name ${field},`)
      }
    })
  },
)
