import type { Target } from './target';

/** The server and the phones that were asked for by name; only their own code is loaded. */
export async function targetNamed(name: string): Promise<Target> {
	if (name === 'browser') return (await import('./browser/target')).browserTarget();
	if (name === 'postgres') return (await import('./postgres')).postgresTarget();
	if (name === 'memory') return (await import('./memory')).memoryTarget();
	throw new Error(`There is no "${name}" to play against; there are memory, postgres and browser.`);
}
