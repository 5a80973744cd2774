import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkModel } from '../src/dsl/asl/sdk-model.ts';

/** One action of a service, by what it answers. */
interface Excerpt {
  readonly serviceId: string;
  readonly action: string;
  readonly output: string;
  /** Names of members by their type in the encoding of client packages. */
  readonly members: { readonly [type: number]: string };
  /** Values of members that have few; each is named as its member. */
  readonly enumerations: { readonly [member: string]: string };
}

/** As much of the models of services as recorded calls ask of them. Source: their SDK clients, version 3.1163.0. */
const excerpts: { readonly [service: string]: Excerpt } = {
  kms: {
    serviceId: 'KMS',
    action: 'Encrypt',
    output: 'EncryptResponse',
    members: { 0: 'KeyId EncryptionAlgorithm', 21: 'CiphertextBlob' },
    enumerations: { EncryptionAlgorithm: 'RSAES_OAEP_SHA_1 RSAES_OAEP_SHA_256 SM2PKE SYMMETRIC_DEFAULT' },
  },
  s3: {
    serviceId: 'S3',
    action: 'GetObject',
    output: 'GetObjectOutput',
    members: {
      0:
        'AcceptRanges Expiration Restore ETag ChecksumCRC32 ChecksumCRC32C ChecksumCRC64NVME ChecksumSHA1 ' +
        'ChecksumSHA256 ChecksumType VersionId CacheControl ContentDisposition ContentEncoding ContentLanguage ' +
        'ContentRange ContentType ExpiresString WebsiteRedirectLocation ServerSideEncryption SSECustomerAlgorithm ' +
        'SSECustomerKeyMD5 SSEKMSKeyId StorageClass RequestCharged ReplicationStatus ObjectLockMode ' +
        'ObjectLockLegalHoldStatus',
      1: 'ContentLength MissingMeta PartsCount TagCount',
      2: 'DeleteMarker BucketKeyEnabled',
      4: 'LastModified Expires',
      5: 'ObjectLockRetainUntilDate',
      42: 'Body',
      128: 'Metadata',
    },
    enumerations: {
      ChecksumType: 'COMPOSITE FULL_OBJECT',
      ServerSideEncryption: 'AES256 aws:backup aws:fsx aws:kms aws:kms:dsse',
      StorageClass:
        'DEEP_ARCHIVE EXPRESS_ONEZONE FSX_ONTAP FSX_OPENZFS GLACIER GLACIER_IR INTELLIGENT_TIERING ONEZONE_IA ' +
        'OUTPOSTS REDUCED_REDUNDANCY SNOW STANDARD STANDARD_IA',
      RequestCharged: 'requester',
      ReplicationStatus: 'COMPLETE COMPLETED FAILED PENDING REPLICA',
      ObjectLockMode: 'COMPLIANCE GOVERNANCE',
      ObjectLockLegalHoldStatus: 'OFF ON',
    },
  },
};

/** Has the excerpts found where the whole client of a service is not installed, as long as this process runs. */
export function installExcerpts(): void {
  const project = mkdtempSync(join(tmpdir(), 'excerpts-'));
  for (const [service, excerpt] of Object.entries(excerpts)) {
    if (sdkModel(service) !== undefined) continue;
    const folder = join(project, 'node_modules', '@aws-sdk', `client-${service}`);
    mkdirSync(join(folder, 'dist-types', 'models'), { recursive: true });
    writeFileSync(join(folder, 'index.js'), codeOf(excerpt));
    writeFileSync(join(folder, 'dist-types', 'models', 'models_0.d.ts'), declarationsOf(excerpt));
  }
  process.chdir(project);
  process.on('exit', () => rmSync(project, { recursive: true }));
}

/** A package in the form of the real ones: a client class that knows the service's id, schemas and enumerations. */
function codeOf({ serviceId, action, output, members, enumerations }: Excerpt): string {
  const types = Object.entries(members).flatMap(([type, names]) =>
    names.split(' ').map((name) => [name, Number(type)] as const),
  );
  const shape = [3, '', output, 0, types.map(([name]) => name), types.map(([, type]) => type)];
  const values = Object.entries(enumerations).map(
    ([name, texts]) => `exports.${name} = ${JSON.stringify(texts.split(' '))};`,
  );
  return [
    `exports.${serviceId}Client = class { config = { serviceId: '${serviceId}' }; };`,
    `exports.${action}$ = [9, '', '${action}', 0, 0, ${JSON.stringify(shape)}];`,
    ...values,
  ].join('\n');
}

function declarationsOf({ output, enumerations }: Excerpt): string {
  const members = Object.keys(enumerations).map((name) => `    ${name}?: ${name} | undefined;`);
  return `\nexport interface ${output} {\n${members.join('\n')}\n}\n`;
}
