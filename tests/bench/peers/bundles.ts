import { gzipSync } from 'node:zlib';
import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { root } from '../../../src/run/step.js';

const here = path.join(root, 'tests/bench/peers');

/** Files as a browser asks for them, by name. */
export type Files = Map<string, string>;

/** A store with the harness around it, as a page loads it; the page begins with `index.js`. */
export function bundleOf(store: string): Promise<Files> {
	return bundle(`
		import store from ${JSON.stringify(path.join(here, 'stores', store))};
		import { bench } from ${JSON.stringify(path.join(here, 'page'))};
		globalThis.bench = bench(store);`);
}

/** The phone's store and its sync alone, in all their pieces, gzipped (bytes). */
export async function sizeOfOurs(): Promise<number> {
	const lib = path.join(root, 'src/lib');
	const files = await bundle(`
		export { Device } from ${JSON.stringify(path.join(lib, 'device/device'))};
		export { Sync } from ${JSON.stringify(path.join(lib, 'sync/sync'))};
		export { browserClock, browserLocks } from ${JSON.stringify(path.join(lib, 'sync/ports'))};`);
	const sizes = [...files.values()].map((code) => gzipSync(code, { level: 9 }).byteLength);
	return sizes.reduce((sum, size) => sum + size, 0);
}

/** Built like the product: minified, for the same browsers, late pieces apart. */
async function bundle(entry: string): Promise<Files> {
	const built = await build({
		root: here,
		configFile: false,
		logLevel: 'error',
		publicDir: false,
		resolve: { alias: { $lib: path.join(root, 'src/lib') } },
		define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
		plugins: [
			{
				name: 'entry',
				resolveId: (id) => (id === 'entry' ? path.join(here, 'entry.ts') : null),
				load: (id) => (id === path.join(here, 'entry.ts') ? entry : null)
			}
		],
		build: {
			write: false,
			modulePreload: false,
			target: ['chrome107', 'safari16', 'firefox104'],
			rolldownOptions: {
				input: 'entry',
				preserveEntrySignatures: 'strict',
				output: { entryFileNames: 'index.js', chunkFileNames: '[name]-[hash].js' }
			}
		}
	});
	const [output] = [built].flat() as Rolldown.RolldownOutput[];
	return new Map(
		output?.output.flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file.code]] : []))
	);
}
