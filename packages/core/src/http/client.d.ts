import type { HttpClient, HttpConfig } from './types.ts';
/**
 * Creates the request helper that adapters use: the one place where HTTP happens.
 *
 * It repeats what is safe to repeat, obeys `Retry-After`, keeps time limits over the body too, and throws nothing but
 * {@link ContactsError} and the caller's own abort reason. No error of it holds a token, a header, a query or a body.
 *
 * @throws ContactsError `config` for options that cannot work
 *
 * @example
 * ```ts
 * const secret = credential(options.secret, { provider: 'acme', name: 'secret' })
 * const http = createHttpClient({
 *   ...options,
 *   provider: 'acme',
 *   defaultBaseUrl: 'https://api.acme.example/v1',
 *   authHeaders: async () => ({ authorization: `Bearer ${await secret()}` }),
 *   classify: ({ json }) => (isAcmeError(json) ? { message: json.message, vendorCode: json.code } : undefined),
 * })
 * const { data } = await http.json({ call: context.call, method: 'GET', path: '/contacts/{id}', params: { id } })
 * ```
 */
export declare function createHttpClient(config: HttpConfig): HttpClient;
