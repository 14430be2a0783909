import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		maxWorkers: 2,
		projects: [
			{
				// Vite's own configuration, so that messages and rune files are compiled as in the product.
				extends: './vite.config.ts',
				test: {
					name: 'unit',
					environment: 'node',
					include: ['tests/**/*.test.ts'],
					exclude: ['tests/database/**', 'tests/browser/**', '**/node_modules/**'],
					// Generous, because a machine may be busy; what passes is not slowed by it.
					testTimeout: 120_000,
					hookTimeout: 90_000
				}
			},
			{
				test: {
					name: 'database',
					environment: 'node',
					include: ['tests/database/**/*.test.ts'],
					globalSetup: 'tests/support/postgres_setup.ts',
					testTimeout: 120_000,
					hookTimeout: 90_000
				}
			}
		]
	}
});
