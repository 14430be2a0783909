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
	// Phones from about 2021 on; nothing in the product needs older ones to be patched.
	build: { target: ['chrome90', 'safari15', 'firefox90'] }
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
