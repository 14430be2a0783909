import { inject } from 'vitest';
import { at } from './postgres';

declare module 'vitest' {
	interface ProvidedContext {
		postgresPort: number;
	}
}

/** The one PostgreSQL of this run, for files in tests/database. Make a database in it per file. */
export const sharedPostgres = () => at(inject('postgresPort'));
