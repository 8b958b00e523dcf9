import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/** The extensions of the embedded database. They must be given at every start, also once they were created. */
export const extensions = { pg_trgm };
