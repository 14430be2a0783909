import path from 'node:path';
import { build, type Rolldown } from 'vite';
import { root } from '../../src/run/step.js';

/** What a page is made of: the client's own modules, by the address at which the page finds them. */
export async function bundle(entry: string): Promise<Map<string, string>> {
	const built = (await build({
		root,
		configFile: false,
		publicDir: false,
		logLevel: 'error',
		build: {
			write: false,
			minify: false,
			modulePreload: { polyfill: false },
			target: 'chrome107',
			rolldownOptions: {
				input: path.join(root, entry),
				output: { entryFileNames: 'assets/page.js', chunkFileNames: 'assets/[name]-[hash].js' }
			}
		}
	})) as Rolldown.RolldownOutput;
	return new Map(
		built.output.map((file) => [
			`/${file.fileName}`,
			file.type === 'chunk' ? file.code : String(file.source)
		])
	);
}
