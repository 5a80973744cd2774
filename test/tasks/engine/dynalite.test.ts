import { startDynalite } from './dynalite.ts';
import { resetsTablesOf } from './resets-tables.ts';

resetsTablesOf('dynalite', startDynalite);
