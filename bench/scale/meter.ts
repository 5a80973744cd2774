import { PRICES } from './prices.ts';

/** What a recovery uses that has a price. */
export class Meter {
  readUnits = 0;
  writeUnits = 0;
  lambdaGigabyteSeconds = 0;
  lambdaRequests = 0;
  transitions = 0;
  restoredGigabytes = 0;
  /** The restored copy, while it is there. */
  storedGigabyteHours = 0;

  get dollars(): number {
    return (
      this.readUnits * PRICES.readUnit +
      this.writeUnits * PRICES.writeUnit +
      this.lambdaGigabyteSeconds * PRICES.lambdaGigabyteSecond +
      this.lambdaRequests * PRICES.lambdaRequest +
      this.transitions * PRICES.transition +
      this.restoredGigabytes * PRICES.restoredGigabyte +
      this.storedGigabyteHours * PRICES.storedGigabyteHour
    );
  }

  /** Counts one invocation of a function that has so much memory. */
  invoked(megabytes: number, milliseconds: number): void {
    this.lambdaRequests += 1;
    this.lambdaGigabyteSeconds += (megabytes / 1024) * (milliseconds / 1000);
  }
}
