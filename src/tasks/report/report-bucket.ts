import { PutObjectCommand } from '@aws-sdk/client-s3';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import { reportFolder } from './report-folder.ts';

interface ReportFiles {
  /** The incident's or the drill's, which names the folder. */
  readonly id: string;
  readonly report: object;
  /** The same for people; default only the JSON. */
  readonly page?: string;
}

/**
 * Puts a report into the bucket of the system, if it has one: `<prefix>/<id>/report.json` and `report.html`, encrypted
 * as the bucket has it. A later run with the same id overwrites them.
 * @returns what to warn of: a report that cannot be put there fails nothing.
 */
export async function putInBucket(
  { id, report, page }: ReportFiles,
  { s3, system: { reportBucket } }: Environment<'s3'>,
): Promise<string[]> {
  if (reportBucket === undefined) return [];
  const folder = reportFolder(reportBucket.prefix) + id;
  const put = (file: string, ContentType: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: reportBucket.name, Key: `${folder}/${file}`, ContentType, Body }));
  try {
    await put('report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`);
    if (page !== undefined) await put('report.html', 'text/html; charset=utf-8', page);
    return [];
  } catch (error) {
    return [
      `The report could not be put to s3://${reportBucket.name}/${folder} (${errorName(error)}); the ledger has it.`,
    ];
  }
}
