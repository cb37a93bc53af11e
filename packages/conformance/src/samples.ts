import type { ContactInput, WritableField } from '@anycontact/core'
import type { ConformanceSettings } from './options.ts'

/** Every field that can be written. */
export const WRITABLE_FIELDS = [
  'id',
  'externalId',
  'name',
  'givenName',
  'familyName',
  'nickname',
  'email',
  'phone',
  'contactMethods',
  'avatarUrl',
  'note',
  'locale',
  'timezone',
  'tags',
  'status',
  'customFields',
  'verifiedAt',
] as const satisfies readonly WritableField[]

/** A value for each field. */
export type SampleSource = {
  readonly [Field in WritableField]-?: (n: number) => NonNullable<ContactInput[Field]>
}

const LOCALES = ['en-GB', 'ja-JP', 'pt-BR', 'zh-Hant-TW']
const ZONES = ['America/New_York', 'Asia/Tokyo', 'Europe/Lisbon', 'Pacific/Auckland']

/** The values that are written: the caller's own, and for the other fields made from the seed and a number. */
export function createSamples({
  sample = {},
  seed = 1,
}: Pick<ConformanceSettings, 'sample' | 'seed'>): SampleSource {
  const unique = (n: number): string => `k${seed}n${String(n).padStart(6, '0')}`
  const email = sample.email ?? ((n: number) => `${unique(n)}@example.com`)
  const phone = sample.phone ?? ((n: number) => `+1415${2_200_000 + ((seed * 150_000 + n) % 7_000_000)}`)
  return {
    id: (n) => `conformance-${unique(n)}`,
    externalId: (n) => `conformance-${unique(n)}`,
    name: (n) => `Zoë 李雷 ${unique(n)}`,
    givenName: (n) => `Zoë ${unique(n)}`,
    familyName: (n) => `O’Neill-Müller ${unique(n)}`,
    nickname: (n) => `zoë_${unique(n)}`,
    email,
    phone,
    contactMethods: (n) => [
      { type: 'email', value: email(n), primary: true },
      { type: 'email', value: email(n + 1000) },
      { type: 'phone', value: phone(n), primary: true },
    ],
    avatarUrl: (n) => `https://example.com/avatars/${unique(n)}.png?size=64`,
    note: (n) => `First line, "quoted"\nSecond line: مرحبا 🎉 ${unique(n)}`,
    locale: (n) => LOCALES[n % LOCALES.length] ?? 'en-GB',
    timezone: (n) => ZONES[n % ZONES.length] ?? 'UTC',
    tags: (n) => [`vip ${unique(n)}`, 'Größe'],
    status: (n) => `status-${unique(n)}`,
    customFields: (n) => ({
      text: `pro ${unique(n)}`,
      number: n + 0.5,
      flag: n % 2 === 0,
      list: ['a', n, true],
      nested: { city: 'Porto', zip: `4000-${n}`, deep: { level: 3 } },
    }),
    verifiedAt: (n) => new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString(),
    ...sample,
  }
}
