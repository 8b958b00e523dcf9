import { makeCluster } from './cluster.ts';

/** `node make-cluster.ts <data folder>`: makes the PostgreSQL cluster of a folder whose lock the caller holds, and ends. */
process.umask(0o077);
await makeCluster(process.argv[2]!);
