/** What {@link whenGiven} gives where the option is absent. */
type Nothing<Part extends object> = Part extends readonly unknown[] ? readonly [] : Readonly<Record<never, never>>;
/** What {@link whenGiven} gives: the part, nothing, or one of them where the types leave it open. */
export type WhenGiven<Options extends object, Name extends PropertyKey, Part extends object> = Name extends keyof Options ? undefined extends Options[Name] ? [Options[Name]] extends [undefined] ? Nothing<Part> : Part | Nothing<Part> : Part : Nothing<Part>;
/**
 * Makes a part of an adapter's capabilities that is there only when an option was given, to be spread into them. In a factory
 * that is generic over its options, the client's types follow from what each caller gives.
 *
 * @param options - the options of the factory, of the type that was inferred of them
 * @param name - the option
 * @param part - makes the part, an object or a list, of the option's value
 * @returns the part; when the option is absent or `undefined`, something empty to spread
 *
 * @example
 * ```ts
 * export function crm<const Options extends CrmOptions>(options: Options) {
 *   const externalId = whenGiven(options, 'externalIdProperty', () => ['externalId'])
 *   return createContacts(
 *     defineAdapter({
 *       ...adapterMethods(options),
 *       capabilities: {
 *         get: { mode: 'native', by: ['id', ...externalId] },
 *         create: { mode: 'native', fields: ['name', 'customFields', ...externalId] },
 *         ...whenGiven(options, 'customFields', (customFields) => ({ customFields })),
 *       },
 *     }),
 *   )
 * }
 * ```
 */
export declare function whenGiven<Options extends object, Name extends keyof Options, const Part extends object>(options: Options, name: Name, part: (value: Exclude<Options[Name], undefined>) => Part): WhenGiven<Options, Name, Part>;
export {};
