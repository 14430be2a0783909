import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres';

/** One PostgreSQL for the whole run; test files come to it through postgres_shared.ts. */
export default async function setup(project: TestProject) {
	const server = await startPostgres();
	project.provide('postgresPort', server.admin.port);
	return () => server.stop();
}
