import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { fingerprint } from './src/run/fingerprint.js';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
// Of the same sources comes the same version, however often this file is read while building; another
// text here would part the pages from their scripts, and make phones fetch again what they have.
const sources = ['src', 'static', 'package-lock.json', 'svelte.config.js', 'vite.config.ts'];
const print = fingerprint('.', sources).slice(0, 8);

// Only what SvelteKit must know to add its nonces and hashes stands here. Every other directive is
// a response header (src/run/serve.ts), because where the API lives is known at start, not at build.
/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	compilerOptions: { runes: ({ filename }) => !filename.includes('node_modules') || undefined },
	kit: {
		adapter: adapter(),
		csp: {
			mode: 'auto',
			directives: {
				'script-src': ['self'],
				'style-src': ['self'],
				// The one style attribute in the product: SvelteKit's hidden route announcer.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'require-trusted-types-for': ['script'],
				'trusted-types': ['svelte-trusted-html', 'sveltekit-trusted-url', 'tung-nha-worker']
			}
		},
		// A page opened by the service worker has the address of any depth.
		paths: { relative: false },
		// src/routes/worker.svelte.ts registers it after load, so that it never delays the first paint.
		serviceWorker: { register: false },
		version: { name: `${version}.${print}`, pollInterval: 0 },
		typescript: {
			config: (config) => {
				config.include.push(
					'../supabase/**/*.ts',
					'../svelte.config.js',
					'../*.config.ts',
					'../tests/**/*.svelte'
				);
			}
		}
	}
};
