import cdk from '../cdk.json' with { type: 'json' };
import { rewindApp } from './rewind-app.ts';

rewindApp({ outdir: process.env.CDK_OUTDIR ?? cdk.output }).app.synth();
