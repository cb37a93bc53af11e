import { type ErrorClassification, type ErrorResponse, isPlainObject } from '@anycontact/core'

/** Reads `{ error: { code, message } }`; what is left out here follows from the status. */
export function classify({ json }: ErrorResponse): ErrorClassification | undefined {
  const error = isPlainObject(json) ? json.error : undefined
  if (!isPlainObject(error)) return undefined
  return {
    ...(typeof error.message === 'string' && { message: error.message }),
    ...(typeof error.code === 'string' && { vendorCode: error.code }),
    // The CRM says 400 here, which alone would be `invalid_input`.
    ...(error.code === 'email_taken' && { code: 'conflict' }),
  }
}
