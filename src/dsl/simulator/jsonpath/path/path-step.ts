import type { Json } from '../../../asl/machine.ts';
import type { PathFunction } from './path-functions.ts';

/** One step of a path: from the values reached so far to further ones. */
export type PathStep =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'wildcard' }
  /** The step after it is tried on every value below, and on this one. */
  | { readonly kind: 'descent' }
  | { readonly kind: 'filter'; readonly test: PathFilter }
  | { readonly kind: 'function'; readonly run: PathFunction; readonly args: readonly PathArgument[] };

/** Whether a value is kept; `root` is what `$` means in the filter. */
export type PathFilter = (value: Json, root: Json) => boolean;

/** An argument of a function: a path that reads the root, or a literal. */
export type PathArgument = (root: Json) => readonly Json[];
