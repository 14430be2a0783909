import { readFileSync } from 'node:fs';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, type Plugin } from 'vite';

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
	build: { target: ['chrome107', 'safari16', 'firefox104'] }
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
