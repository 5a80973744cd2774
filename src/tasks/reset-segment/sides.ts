/** The two tables of a reset: the restored copy, which is right, and the live table, which is brought to it. */
export type Side = 'restored' | 'live';

export type Sides<T> = Readonly<Record<Side, T>>;

export function otherSide(side: Side): Side {
  return side === 'live' ? 'restored' : 'live';
}
