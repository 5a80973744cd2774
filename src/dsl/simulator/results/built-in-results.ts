import { schemaOf, type Schema } from '../../asl/sdk-schema.ts';

const TEXT = 0;
const NUMBER = 1;

/** An output of so many members in the encoding of client packages; none of them must be there. */
const output = (name: string, members: { readonly [member: string]: unknown }): Schema =>
  schemaOf([9, '', name, 0, 0, [3, '', name, 0, Object.keys(members), Object.values(members)]], 'output');

const entry = [
  3,
  '',
  'PutEventsResultEntry',
  0,
  ['EventId', 'ErrorCode', 'ErrorMessage'],
  [TEXT, TEXT, TEXT],
];

/** Results of the optimised integrations that are mocked most, which thus need no client. Source: their API references. */
const results: { readonly [name: string]: Schema } = {
  'events:putEvents': output('PutEventsResponse', {
    FailedEntryCount: NUMBER,
    Entries: [1, '', 'PutEventsResultEntryList', 0, entry],
  }),
  'sns:publish': output('PublishResponse', { MessageId: TEXT, SequenceNumber: TEXT }),
  'sqs:sendMessage': output('SendMessageResult', {
    MD5OfMessageBody: TEXT,
    MD5OfMessageAttributes: TEXT,
    MD5OfMessageSystemAttributes: TEXT,
    MessageId: TEXT,
    SequenceNumber: TEXT,
  }),
};

export const builtInResult = (name: string): Schema | undefined =>
  Object.hasOwn(results, name) ? results[name] : undefined;
