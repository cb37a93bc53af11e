import type { CredentialOption, HttpConfig, HttpRequest } from './types.ts';
/** A request, as far as its headers are concerned. */
export interface HeaderSource {
    readonly request: Pick<HttpRequest, 'authenticate'>;
    /** Who and what, for errors. */
    readonly context: {
        readonly provider: string;
        readonly operation: string;
    };
    /** What the body is; absent without one, and for one that says it itself. */
    readonly contentType: string | undefined;
    /** The headers of the request itself and of its call. */
    readonly headers: readonly HeaderEntry[];
}
/** The headers of one attempt. */
export interface AttemptHeaders {
    readonly headers: Headers;
    /** Those that were given by the client's options and by the request, in their order. */
    readonly given: readonly GivenHeader[];
}
/** A header of an attempt, as it was given. */
export interface GivenHeader {
    readonly name: string;
    readonly value: string;
    /** Whether it authenticates: then its value is secret whatever its name. */
    readonly authenticates: boolean;
}
/** A header's name and value. */
export type HeaderEntry = readonly [name: string, value: string];
/** Who an error about a header is about. */
interface HeaderContext {
    readonly provider: string;
    readonly operation?: string;
}
/**
 * Puts the headers of an attempt together: the client's, then the vendor's authentication, then the request's, each over those
 * before.
 *
 * @param accept - what to accept where no header says so
 * @throws ContactsError `config` for one that cannot be sent, and for a function that fails
 */
export declare function attemptHeaders({ request, context, contentType, headers: own }: HeaderSource, config: HttpConfig, accept: string): Promise<AttemptHeaders>;
/**
 * The entries of a header record, checked: `fetch` itself would throw an error that quotes the value. Members that are
 * `undefined` are left out.
 *
 * @throws ContactsError `code`; it names the header where that is safe, and never holds the value
 */
export declare function checkedHeaders(headers: Readonly<Record<string, string>> | undefined, code: 'config' | 'invalid_input', context: HeaderContext): HeaderEntry[];
/** Whose credential it is and what its option is called, for the error message. */
export interface CredentialContext {
    readonly provider: string;
    /** The option's name, for example `secret` or `apiKey`. */
    readonly name: string;
}
/**
 * Turns a credential option into a function that gives the secret.
 *
 * A string is checked at once, the answer of a function each time it is asked. What is missing, blank, or cannot stand in a
 * header (line breaks, characters beyond Latin-1) is a {@link ContactsError} with code `config`, which never holds the value.
 * So is a function that fails: its own error is not passed on, because it may hold the secret; its name is.
 *
 * @throws ContactsError `config` for a string that cannot be used, or for what is neither a string nor a function
 *
 * @example
 * ```ts
 * const secret = credential(options.secret, { provider: 'chatbotkit', name: 'secret' })
 * const authHeaders = async () => ({ authorization: `Bearer ${await secret()}` })
 * ```
 */
export declare function credential(option: CredentialOption | undefined, { provider, name }: CredentialContext): () => Promise<string>;
export {};
