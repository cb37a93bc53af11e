import * as v from 'valibot';
/** What the errors of a reader say. */
export interface RecordReaderOptions {
    /** The adapter's `provider`. */
    readonly provider: string;
    /** What is read, with its article. @default 'a contact record' */
    readonly what?: string | undefined;
}
/**
 * Checks a value and hands it back as it is, not a copy.
 *
 * @param value - one record or answer, parsed from JSON
 * @param path - where it stands in the answer, for example `items.3`. @default the answer itself
 * @param operation - the operation it was for
 * @throws ContactsError `bad_response`; its issues name the path of everything that is wrong and hold no values
 */
export type RecordReader<Output> = (value: unknown, path?: string, operation?: string) => Output;
/**
 * Makes the reader of a wire record, or of a whole answer, from its schema. A good value passes a compiled check (see
 * {@link compileCheck}); valibot runs only to explain a bad one. Members that the schema does not name stay.
 *
 * @param schema - what is read; must only check, since the value is handed back as it came. Give its parts messages of their
 * own, as {@link wireText} and the others have; where one has none, the message says what was expected
 * @throws TypeError for a schema that changes values: a transformation, a default or a fallback
 *
 * @example
 * ```ts
 * const PersonSchema = wireRecord({ id: wireId, full_name: wireText })
 * const readPerson = recordReader(PersonSchema, { provider: 'example-crm', what: 'a person' })
 *
 * readPerson({ id: 'p1', full_name: 5 }, 'people.0')
 * // example-crm: a person cannot be read: people.0.full_name must be text or null.
 * ```
 */
export declare function recordReader<Schema extends v.GenericSchema>(schema: Schema, { provider, what }: RecordReaderOptions): RecordReader<v.InferOutput<Schema>>;
