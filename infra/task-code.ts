import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { type AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleOf, entryOf } from './bundle-tasks.ts';

/** The code of a task's function, its handler being `index.handler`. */
export function taskCode(task: string): AssetCode {
  return Code.fromAsset(dirname(entryOf(task)), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Asked for by the type; since the local way always succeeds, Docker is never called.
      image: DockerImage.fromRegistry('unused'),
      local: {
        tryBundle: (folder) => {
          writeFileSync(join(folder, 'index.mjs'), bundleOf(task));
          return true;
        },
      },
    },
  });
}
