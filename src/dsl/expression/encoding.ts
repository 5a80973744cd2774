import type { Expression, Template } from './expression.ts';
import { operation } from './operation.ts';

/**
 * Base64 of ASCII text; how other characters become bytes JSONata leaves open.
 *
 * @example
 * base64Encode(input.id); // {% $base64encode($input.id) %} → "by03"
 */
export const base64Encode = (text: Template<string>): Expression<string> => operation('base64encode', text);

/**
 * The ASCII text of base64.
 *
 * @example
 * base64Decode('by03'); // {% $base64decode("by03") %} → "o-7"
 */
export const base64Decode = (text: Template<string>): Expression<string> => operation('base64decode', text);

/**
 * The text as a part of a URL, slashes and question marks encoded too.
 *
 * @example
 * urlEncode(input.customer.email); // {% $encodeUrlComponent($input.customer.email) %} → "ada%40example.com"
 */
export const urlEncode = (text: Template<string>): Expression<string> =>
  operation('encodeUrlComponent', text);

/**
 * The text of a part of a URL; fails the state for text that is not encoded so.
 *
 * @example
 * urlDecode('a%20b'); // {% $decodeUrlComponent("a%20b") %} → "a b"
 */
export const urlDecode = (text: Template<string>): Expression<string> =>
  operation('decodeUrlComponent', text);

/**
 * What `hash` may compute.
 *
 * @example
 * const algorithm: HashAlgorithm = 'SHA-256';
 */
export type HashAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/**
 * The text's digest in hexadecimal: a stable short name for long text. For a name that never comes twice use
 * `uuid`. Step Functions' own function.
 *
 * @example
 * hash(input.id, 'MD5'); // {% $hash($input.id, "MD5") %} → "c6ddb56e2bb81d73ff30eabcc1f26c3d"
 */
export const hash = (text: Template<string>, algorithm: HashAlgorithm): Expression<string> =>
  operation('hash', text, algorithm);
