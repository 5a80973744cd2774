#!/usr/bin/env node
// The `rewind` command: TypeScript is run as it is, through tsx.
import { register } from 'tsx/esm/api';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
register();
const { main } = await import('../src/cli/main.ts');
await main(process.argv);
