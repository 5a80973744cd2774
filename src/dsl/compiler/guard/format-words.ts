import type { Json } from '../../asl/machine.ts';

const WORDS: Readonly<Record<string, string>> = {
  'date-time': 'a date and time in ISO 8601',
  date: 'a date in ISO 8601',
  duration: 'a duration in ISO 8601',
  email: 'an e-mail address',
  uuid: 'a UUID',
  ipv4: 'an IPv4 address',
  hostname: 'a host name',
};

/** What a text of this format is called, for formats whose pattern nobody can read. */
export const formatWords = (format: Json | undefined): string | undefined =>
  typeof format === 'string' && Object.hasOwn(WORDS, format) ? WORDS[format] : undefined;
