import type { Contact } from '../model/contact.ts';
import type { ContactMethod } from '../model/contact-method.ts';
/** Text of a record, where null, empty and nothing all mean that it has none. */
type Text = string | null | undefined;
/** What a contact is built from. Null, empty text and nothing are all "absent". */
export interface ContactParts<Raw> {
    /** The adapter's `provider`. */
    readonly provider: string;
    /** The provider's own id. */
    readonly id: string;
    /** The vendor's record as it was sent. */
    readonly raw: Raw;
    /** The id in the caller's system. */
    readonly externalId?: Text;
    /** The full name as it was given. */
    readonly name?: Text;
    /** Given name, where the vendor keeps it apart. */
    readonly givenName?: Text;
    /** Family name, where the vendor keeps it apart. */
    readonly familyName?: Text;
    /** What the contact is called informally. */
    readonly nickname?: Text;
    /** The record's one email address. */
    readonly email?: Text;
    /** The record's one phone number. */
    readonly phone?: Text;
    /** The record's one mobile number, where that is a field of its own. */
    readonly mobile?: Text;
    /** The record's one fax number. */
    readonly fax?: Text;
    /**
     * Every address and number, where the vendor keeps a list: at most one primary a type. Then `email` and `phone` of the
     * contact are those of the primaries, and the four fields above are not looked at.
     */
    readonly contactMethods?: ContactMethod[] | undefined;
    /** A picture of the contact. */
    readonly avatarUrl?: Text;
    /** Free text about the contact. */
    readonly note?: Text;
    /** Language, and maybe region, as the vendor writes it. */
    readonly locale?: Text;
    /** Time zone as the vendor writes it. */
    readonly timezone?: Text;
    /** Absent when the vendor has no tags; pass `[]` where it has and there are none. */
    readonly tags?: readonly string[] | null | undefined;
    /** The vendor's own word. */
    readonly status?: Text;
    /** Fields of the caller's own, parsed from JSON; not copied. @default none */
    readonly customFields?: Readonly<Record<string, unknown>> | null | undefined;
    /** When it was made: ISO 8601, UTC, as `isoTime` gives it. */
    readonly createdAt?: Text;
    /** When it was last changed, likewise. */
    readonly updatedAt?: Text;
    /** When it was verified, likewise. */
    readonly verifiedAt?: Text;
    /** Whether the vendor keeps it as deleted. */
    readonly deleted?: boolean | null | undefined;
}
/**
 * Builds a contact from a vendor's record. What is absent is left out; an email address and a number are also put into
 * `contactMethods`, each as the primary of its type.
 *
 * @param parts - what the record says, in our words
 *
 * @example
 * ```ts
 * buildContact({
 *   provider: 'example-crm',
 *   id: person.id,
 *   name: person.full_name,
 *   email: person.email,
 *   customFields: person.attributes,
 *   createdAt: isoTime(person.created_at, 'created_at', badRecord),
 *   raw: person,
 * })
 * ```
 */
export declare function buildContact<Raw>(parts: ContactParts<Raw>): Contact<Raw>;
export {};
