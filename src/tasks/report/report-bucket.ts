import { PutObjectCommand } from '@aws-sdk/client-s3';
import { errorName } from '../aws-error.ts';
import type { Environment } from '../handler.ts';
import type { Report } from './report.ts';
import { reportFolder } from './report-folder.ts';
import { reportPage } from './report-page.ts';

/**
 * Puts the report into the bucket of the system, if it has one: `<prefix>/<incidentId>/report.json` and `report.html`,
 * encrypted as the bucket has it. A later run of the incident overwrites them.
 * @returns what to warn of: a report that cannot be put there fails nothing.
 */
export async function putInBucket(
  report: Report,
  { s3, system: { reportBucket } }: Environment<'s3'>,
): Promise<string[]> {
  if (reportBucket === undefined) return [];
  const folder = reportFolder(reportBucket.prefix) + report.incidentId;
  const put = (file: string, ContentType: string, Body: string) =>
    s3.send(new PutObjectCommand({ Bucket: reportBucket.name, Key: `${folder}/${file}`, ContentType, Body }));
  try {
    await put('report.json', 'application/json', `${JSON.stringify(report, null, 2)}\n`);
    await put('report.html', 'text/html; charset=utf-8', reportPage(report));
    return [];
  } catch (error) {
    return [
      `The report could not be put to s3://${reportBucket.name}/${folder} (${errorName(error)}); rewind report has it.`,
    ];
  }
}
