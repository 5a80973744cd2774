import type { Expression, Template } from './expression.ts';
import { operation } from './operation.ts';

/** Of ASCII text: how other characters become bytes JSONata leaves open. JSONata `$base64encode`. */
export const base64Encode = (text: Template<string>): Expression<string> => operation('base64encode', text);

/** To ASCII text. JSONata `$base64decode`. */
export const base64Decode = (text: Template<string>): Expression<string> => operation('base64decode', text);

/** As a part of a URL, slashes and question marks encoded too. JSONata `$encodeUrlComponent`. */
export const urlEncode = (text: Template<string>): Expression<string> =>
  operation('encodeUrlComponent', text);

/** Fails the state for text that is not encoded so. JSONata `$decodeUrlComponent`. */
export const urlDecode = (text: Template<string>): Expression<string> =>
  operation('decodeUrlComponent', text);

export type HashAlgorithm = 'MD5' | 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512';

/** The text's digest in hexadecimal. Step Functions' `$hash`. */
export const hash = (text: Template<string>, algorithm: HashAlgorithm): Expression<string> =>
  operation('hash', text, algorithm);
