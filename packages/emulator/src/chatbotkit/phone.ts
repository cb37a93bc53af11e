import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * Rewrites a phone number as the vendor stores it, E.164; a number without a country code is read as one of the US.
 *
 * @param extract - whether a number may stand within other text
 * @returns `undefined` when it is not a valid number
 */
export function toE164(text: string, extract: boolean): string | undefined {
  const parsed = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract })
  return parsed?.isValid() ? parsed.number : undefined
}
