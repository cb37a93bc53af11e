import type { CallSettings } from '../call/scope.ts';
import type { Effect, HttpClient, HttpConfig, HttpRequest, HttpResponse } from '../http/types.ts';
/** One endpoint of a vendor's API. */
export interface Endpoint {
    readonly method: HttpRequest['method'];
    /** Below the base URL, with `{name}` for variable parts. */
    readonly path: string;
    /** What it does to the vendor's data; this decides what is repeated. @default 'read' for GET and HEAD, else 'once' */
    readonly effect?: Effect | undefined;
    /** The group of routes whose limit it counts in; see `groupLimits`. @default none */
    readonly group?: string | undefined;
}
/** Every endpoint of a vendor's API by its name, which is what errors call it and its key in the `endpoints` option. */
export type Endpoints<Name extends string = string> = Readonly<Record<Name, Endpoint>>;
/** What goes into a request of an endpoint. */
export type EndpointInput = Pick<HttpRequest, 'params' | 'query' | 'json' | 'body' | 'headers' | 'effect' | 'authenticate' | 'fetch'>;
/** How a vendor's API is called: the one place where its endpoints meet HTTP. Its face and its adapter both go through it. */
export interface Transport<Name extends string = string> {
    /**
     * Calls an endpoint and gives the parsed JSON of its answer; `undefined` for an empty one.
     *
     * @param name - of the endpoint
     * @param input - what goes into the request
     * @param call - an adapter hands on `context.call`; a face what its caller gave. @default a call of its own
     */
    json(name: Name, input?: EndpointInput, call?: CallSettings): Promise<unknown>;
    /** Calls an endpoint and gives the bytes of its answer. */
    bytes(name: Name, input?: EndpointInput, call?: CallSettings): Promise<HttpResponse<Uint8Array<ArrayBuffer>>>;
    /** Calls an endpoint and gives its answer as it arrives. */
    stream(name: Name, input?: EndpointInput, call?: CallSettings): Promise<HttpResponse<ReadableStream<Uint8Array<ArrayBuffer>>>>;
    /** The client underneath, for requests that no endpoint describes. */
    readonly http: HttpClient;
}
/** How a transport is set up: the HTTP client's configuration and the vendor's endpoints. */
export interface TransportConfig<Name extends string> extends HttpConfig {
    readonly routes: Endpoints<Name>;
}
/**
 * Makes the transport of a vendor's API from the table of its endpoints.
 *
 * @throws ContactsError `config` for options that cannot work
 *
 * @example
 * ```ts
 * const endpoints = {
 *   list: { method: 'GET', path: '/people' },
 *   update: { method: 'PATCH', path: '/people/{id}', effect: 'idempotent' },
 * } as const satisfies Endpoints
 *
 * const transport = createTransport({ ...options, provider: 'crm', defaultBaseUrl, authHeaders, classify, routes: endpoints })
 * const answer = await transport.json('update', { params: { id }, json: { name: 'Ana' } }, context.call)
 * ```
 */
export declare function createTransport<Name extends string>({ routes, ...config }: TransportConfig<Name>): Transport<Name>;
