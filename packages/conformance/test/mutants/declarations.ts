import type { TinyAdapter } from '../tiny-adapter.ts'

import { adapter, type Mutant } from './mutant.ts'

/** What is declared. */
export const declarationsMutants: readonly Mutant[] = [
  adapter(
    'an operation is declared native without a method',
    /has a method/,
    /deleteMany is declared native/,
    ({ capabilities }) => ({
      capabilities: { ...capabilities, deleteMany: { mode: 'native' } },
    }),
  ),
  adapter('a method is not declared', /has a method/, /avatar\.upload has a method/, () => ({
    avatar: { upload: () => Promise.resolve({ url: 'https://example.com/a.png' }) },
  })),
  adapter(
    'an emulated operation is not declared',
    /can be derived/,
    /count is missing/,
    ({ capabilities }) => {
      const { count: _count, ...rest } = capabilities
      return { capabilities: rest }
    },
  ),
  adapter('streaming is declared without a stream', /has a method/, /streaming/, ({ capabilities }) => ({
    capabilities: {
      ...capabilities,
      list: { ...capabilities.list, streaming: true },
    } as TinyAdapter['capabilities'],
  })),
  adapter(
    'a filter has an operator that is for times only',
    /plain data/,
    /gt on name/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        list: { ...capabilities.list, where: { name: ['gt'] } },
      } as TinyAdapter['capabilities'],
    }),
  ),
  adapter(
    'a key is declared a scan that get reads by',
    /plain data/,
    /update\.scan has externalId/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        update: { ...capabilities.update, scan: ['externalId'] },
      } as TinyAdapter['capabilities'],
    }),
  ),
  adapter(
    'a field is declared that the provider does not store',
    /create stores nickname/,
    /nickname/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        create: { mode: 'native', fields: ['name', 'externalId', 'nickname'] },
      },
    }),
  ),
  adapter(
    'update declares a field that it does not change',
    /update writes, leaves and clears status/,
    /status/,
    ({ capabilities }) => ({
      capabilities: {
        ...capabilities,
        update: { ...capabilities.update, fields: ['name', 'status'] },
      } as TinyAdapter['capabilities'],
    }),
  ),
]
