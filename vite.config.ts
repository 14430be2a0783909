import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

const messages = './src/lib/i18n/paraglide';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/lib/i18n/project.inlang',
			outdir: messages,
			strategy: ['cookie', 'baseLocale'],
			cookieName: 'lang',
			isServer: 'import.meta.env.SSR',
			emitReadme: false,
			emitGitIgnore: false,
			emitPrettierIgnore: false
		}),
		someMessages(),
		sveltekit()
	],
	// Phones from about 2021 on, whose Chrome updates itself from the shop. Anything older makes the
	// compiler spell out class fields, which costs the chart chunk a third of its size.
	build: {
		target: ['chrome107', 'safari16', 'firefox104'],
		// Lists of what each page of each role asks for would be code that every phone loads first. The
		// page asked for is preloaded by the server's answer, and the worker keeps the others.
		modulePreload: false
	},
	environments: {
		client: { build: { rolldownOptions: { output: { codeSplitting: quickLogFirst() } } } }
	}
});

/**
 * Stops the build when no message was compiled. With a wrong plugin path in the inlang project the
 * compiler only warns, writes an empty module, and every page dies in the browser instead.
 */
function someMessages(): Plugin {
	return {
		name: 'some-messages',
		buildStart: {
			sequential: true,
			order: 'post',
			handler() {
				const index = readFileSync(`${messages}/messages/_index.js`, 'utf8');
				if (!/^export /m.test(index)) throw new Error(`no message was compiled into ${messages}`);
			}
		}
	};
}

/**
 * What the quick log needs comes in two pieces, the frame and ours, instead of forty-five: a tenth
 * less over the air, and no queue of small requests on a slow line.
 */
function quickLogFirst(): Rolldown.CodeSplittingOptions {
	const roots = ['+layout.svelte', '(field)/+layout.svelte', '(field)/log/+page.svelte'];
	let needed: Set<string> | undefined;
	return {
		groups: [
			{
				name(id, chunking) {
					needed ??= reachable(
						roots.map((root) => resolve('src/routes', root)),
						(from) => importsOf(from, chunking.getModuleInfo(from))
					);
					if (!needed.has(id)) return null;
					return id.includes('node_modules') ? 'frame' : 'log';
				}
			}
		]
	};
}

/** What a module imports; of the list of all messages only those that it says. */
function importsOf(id: string, module: Rolldown.ModuleInfo | null): string[] {
	if (!module || id.endsWith('/messages/_index.js')) return [];
	const said = id.includes('node_modules') ? [] : (module.code ?? '').matchAll(/\bm\.(\w+)/g);
	return [
		...module.importedIds,
		...Array.from(said, ([, name]) => resolve(messages, 'messages', `${name}.js`))
	];
}

function reachable(from: string[], next: (id: string) => string[]): Set<string> {
	const found = new Set(from);
	for (const id of found) for (const other of next(id)) found.add(other);
	return found;
}
