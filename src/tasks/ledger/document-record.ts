import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { incidentPartition, type Ledger } from './ledger.ts';

/**
 * What is kept whole of an incident: how the run was that has proven the tables (`Proof`), and the report of the
 * incident (`Report`).
 */
export type DocumentKind = 'proof' | 'report';

/** An item holds 400 KB, and a character of a text takes three bytes at most. */
const MOST_CHARACTERS = 120_000;

const keyOf = (ledger: Ledger, kind: DocumentKind, part: number) => ({
  pk: { S: incidentPartition(ledger.incidentId) },
  sk: { S: part === 0 ? kind : `${kind}#${part}` },
});

/** Keeps a document as JSON text, in as many records as that takes; the first is written last. */
export async function putDocument(ledger: Ledger, kind: DocumentKind, document: object): Promise<void> {
  const text = JSON.stringify(document);
  const parts = Math.ceil(text.length / MOST_CHARACTERS);
  for (let part = parts - 1; part >= 0; part -= 1)
    await ledger.dynamodb.send(
      new PutItemCommand({
        TableName: ledger.table,
        Item: {
          ...keyOf(ledger, kind, part),
          [kind]: { S: text.slice(part * MOST_CHARACTERS, (part + 1) * MOST_CHARACTERS) },
          parts: { N: String(parts) },
          writtenAt: { S: ledger.now() },
        },
      }),
    );
}

/** A document as it was put; undefined when there is none. */
export async function readDocument(ledger: Ledger, kind: DocumentKind): Promise<unknown> {
  let text = '';
  for (let part = 0, parts = 1; part < parts; part += 1) {
    const { Item } = await ledger.dynamodb.send(
      new GetItemCommand({ TableName: ledger.table, Key: keyOf(ledger, kind, part), ConsistentRead: true }),
    );
    const piece = Item?.[kind]?.S;
    if (piece === undefined) return undefined;
    text += piece;
    parts = Number(Item?.parts?.N ?? 1);
  }
  return JSON.parse(text);
}
