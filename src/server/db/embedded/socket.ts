/** What PostgreSQL's drivers look for in the folder that they are given as the host. */
export const socketName = '.s.PGSQL.5432';

/** The only user and database of the embedded server; every client is given them, whatever it asks for. */
export const embeddedUser = 'postgres';
