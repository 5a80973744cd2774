import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkModel } from '../src/dsl/asl/sdk-model.ts';

/** As much of the models of services as recorded calls ask of them, in the form of their SDK clients. */
const excerpts = {
  kms: {
    code: `
exports.KMSClient = class { config = { serviceId: 'KMS' }; };
exports.EncryptResponse$ = [3, 'kms', 'EncryptResponse', 0, ['CiphertextBlob', 'KeyId', 'EncryptionAlgorithm'], [21, 0, 0]];
exports.Encrypt$ = [9, 'kms', 'Encrypt', 0, () => [3, 'kms', 'EncryptRequest', 0, [], []], () => exports.EncryptResponse$];
`,
    declarations: '',
  },
  s3: {
    code: `
exports.S3Client = class { config = { serviceId: 'S3' }; };
exports.StorageClass = { STANDARD: 'STANDARD', STANDARD_IA: 'STANDARD_IA', GLACIER: 'GLACIER' };
exports.GetObjectOutput$ = [3, 's3', 'GetObjectOutput', 0, ['Body', 'ContentLength', 'StorageClass'], [42, 1, 0]];
exports.GetObject$ = [9, 's3', 'GetObject', 0, () => [3, 's3', 'GetObjectRequest', 0, [], []], () => exports.GetObjectOutput$];
`,
    declarations: `
export interface GetObjectOutput {
    StorageClass?: StorageClass | undefined;
}
`,
  },
};

/** Has the excerpts found where the whole client of a service is not installed, as long as this process runs. */
export function installExcerpts(): void {
  const project = mkdtempSync(join(tmpdir(), 'excerpts-'));
  for (const [service, { code, declarations }] of Object.entries(excerpts)) {
    if (sdkModel(service) !== undefined) continue;
    const folder = join(project, 'node_modules', '@aws-sdk', `client-${service}`);
    mkdirSync(join(folder, 'dist-types', 'models'), { recursive: true });
    writeFileSync(join(folder, 'index.js'), code);
    writeFileSync(join(folder, 'dist-types', 'models', 'models_0.d.ts'), declarations);
  }
  process.chdir(project);
  process.on('exit', () => rmSync(project, { recursive: true }));
}
