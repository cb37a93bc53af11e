import { ContactsError, type ContactsErrorIssue } from '../errors.ts';
/** Makes the errors of one provider. No text that is passed to it may hold anything that was sent or received. */
export interface ProviderErrors {
    /**
     * The beginning of a message: the provider and, where it is known, the operation.
     *
     * @param operation - for example `list`
     */
    who(operation: string | undefined): string;
    /**
     * `bad_response`: an answer that cannot be understood.
     *
     * @param what - a sentence, for example ``the answer has no list of `items`.``
     * @param operation - the operation it was for
     * @param issues - what exactly is wrong, and where
     */
    badAnswer(what: string, operation?: string, issues?: readonly ContactsErrorIssue[]): ContactsError;
    /**
     * `bad_response`: a record with a member that cannot be read.
     *
     * @param path - the dotted path of the member
     * @param message - what is wrong with it, for example `is no time`
     */
    badRecord(path: string, message: string): ContactsError;
    /**
     * `invalid_input`: what the caller gave cannot be sent. The message ends with "Nothing was sent."
     *
     * @param problem - one or more sentences, or what is wrong and where
     * @param operation - the operation it was for
     */
    badInput(problem: string | readonly ContactsErrorIssue[], operation?: string): ContactsError;
    /**
     * `not_found`, where the provider does not say so itself.
     *
     * @param what - for example `contact with that email`
     * @param operation - the operation that looked for it
     */
    notFound(what: string, operation?: string): ContactsError;
    /**
     * `config`: the client was made with options that cannot work.
     *
     * @param problem - a sentence that says which option, and what it must be
     */
    badConfig(problem: string): ContactsError;
}
/**
 * Makes the errors that an adapter throws by itself, worded as those of every other adapter.
 *
 * @param provider - the adapter's `provider`
 *
 * @example
 * ```ts
 * export const { badAnswer, badInput, badRecord, notFound } = providerErrors('example-crm')
 *
 * throw badAnswer('the answer has no list of `people`. Check `baseUrl`, and proxies on the way.', operation)
 * ```
 */
export declare function providerErrors(provider: string): ProviderErrors;
