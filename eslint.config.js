import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const stores = {
	name: '$app/stores',
	message: 'Use $app/state: stores are gone in the next SvelteKit.'
};
const lucia = {
	name: 'lucia',
	message: 'Only src/lib/server/session/lucia.ts may know the session library.'
};

export default ts.config(
	{
		ignores: [
			'.svelte-kit/',
			'.data/',
			'build/',
			'playwright-report/',
			'src/lib/i18n/paraglide/',
			'test-results/'
		]
	},
	ts.configs.recommended,
	svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		rules: {
			// TypeScript knows every name, types too.
			'no-undef': 'off',
			'no-console': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'no-restricted-imports': ['error', { paths: [stores, lucia] }],
			'@typescript-eslint/ban-ts-comment': 'error',
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				// Code for old browsers has to name an error that it does not look at.
				{ ignoreRestSiblings: true, caughtErrors: 'none' }
			],
			'svelte/no-at-html-tags': 'error',
			// The product is served from the root of its address; there is no base path to add.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['src/lib/server/session/lucia.ts'],
		rules: { 'no-restricted-imports': ['error', { paths: [stores] }] }
	},
	{
		files: ['src/run/**', 'tests/run.js', 'tests/bench/**'],
		rules: { 'no-console': 'off' }
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				extraFileExtensions: ['.svelte'],
				parser: ts.parser,
				svelteConfig
			}
		}
	}
);
