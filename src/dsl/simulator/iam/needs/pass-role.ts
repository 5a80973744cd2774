import type { Json } from '../../../asl/machine.ts';
import { type Need, need, textOf } from '../need.ts';

/** Handing a role to a service. */
export const passRole = (role: Json | undefined, service: string): Need =>
  need('iam:PassRole', textOf(role), { 'iam:PassedToService': service });
