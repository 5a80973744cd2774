/** What a system says of a table and its copies. */
interface Copied {
  readonly sensitive?: boolean | undefined;
  readonly forensicBackup?: boolean | undefined;
}

/** Whether an on-demand backup of a damaged table may be made: by default it may, of a sensitive one never. */
export const mayBackUp = ({ sensitive = false, forensicBackup = true }: Copied): boolean =>
  forensicBackup && !sensitive;
