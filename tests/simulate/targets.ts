import type { Target } from './target';

/** The server that was asked for by name; only its own code is loaded. */
export async function targetNamed(name: string): Promise<Target> {
	if (name === 'postgres') return (await import('./postgres')).postgresTarget();
	if (name === 'memory') return (await import('./memory')).memoryTarget();
	throw new Error(`There is no server "${name}"; there are memory and postgres.`);
}
