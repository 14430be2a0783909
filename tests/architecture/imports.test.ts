import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { brokenSentences, sentences, type Source } from './layers';

describe('a control of a form', () => {
	it('names its attributes one by one: what spreads them is code that every phone would load', () => {
		const spread = /<[a-z][^<>]*\{\.\.\./;
		const svelte = sourcesOf('src').filter(({ path }) => path.endsWith('.svelte'));
		expect(svelte.filter(({ text }) => spread.test(text)).map(({ path }) => path)).toEqual([]);
		expect(spread.test('<input {...aria} name="label" />')).toBe(true);
	});
});

describe('the layers', () => {
	it('hold every sentence about who may import whom', () => {
		expect(brokenSentences(sourcesOf('src'))).toEqual([]);
	});

	const [domain, routes, meet, browser, ui, lucia, chart] = sentences.map(({ says }) => says);
	const planted = [
		[domain, 'src/lib/domain/visit.ts', `import { open } from '../device/device';`],
		[domain, 'src/lib/domain/visit.ts', `import { m } from '$lib/i18n/paraglide/messages';`],
		[routes, 'src/lib/ui/Row.svelte', `import { load } from '../../routes/(field)/log/+page';`],
		[meet, 'src/lib/device/device.ts', `import type { Rpc } from '../server/gateway/rpc';`],
		[meet, 'src/lib/server/gateway/rpc.ts', `export { seal } from '../../device/seal';`],
		[browser, 'src/lib/sync/push.ts', `const rpc = await import('../server/gateway/rpc');`],
		[ui, 'src/lib/ui/Row.svelte', `import { reached } from '../domain/progress';`],
		[lucia, 'src/hooks.server.ts', `import { Lucia } from 'lucia';`],
		[chart, 'src/routes/(staff)/wards/+page.svelte', `import Chart from 'chart.js/auto';`]
	] as const;

	it.each(planted)('notice when broken: %s (%s)', (says, path, text) => {
		const broken = brokenSentences([{ path, text }]);
		expect(broken.some((sentence) => sentence.startsWith(says ?? '?'))).toBe(true);
	});

	it('have each been seen to be broken', () => {
		const seen = new Set(planted.map(([says]) => says));
		expect(sentences.filter(({ says }) => !seen.has(says))).toEqual([]);
	});

	it('notice a second file that imports chart.js', () => {
		const text = `const { Chart } = await import('chart.js');`;
		const bars: Source = { path: 'src/lib/ui/BarChart.svelte', text };
		const lines: Source = { path: 'src/lib/ui/linechart.ts', text };
		expect(brokenSentences([bars])).toEqual([]);
		expect(brokenSentences([bars, lines])).toHaveLength(1);
	});

	it('say which sentence was broken, and by whom', () => {
		const text = `import { sql } from '../server/database/pool';`;
		expect(brokenSentences([{ path: 'src/lib/data/api.ts', text }])).toEqual([
			'Code for the browser never imports the server. (src/lib/data/api.ts imports src/lib/server/database/pool)'
		]);
	});

	it('let pass what is allowed, and what only looks like an import', () => {
		const allowed: Source[] = [
			{ path: 'src/lib/domain/visit.ts', text: `import * as v from 'valibot';\nimport './day';` },
			{ path: 'src/lib/domain/visit.ts', text: `// import { open } from '../device/device';` },
			{ path: 'src/lib/server/session/lucia.ts', text: `import { Lucia } from 'lucia';` },
			{
				path: 'src/routes/(field)/log/+page.svelte',
				text: `import Form from './VisitForm.svelte';`
			},
			{
				path: 'src/hooks.server.ts',
				text: `import { session } from '$lib/server/session/session';`
			}
		];
		expect(brokenSentences(allowed)).toEqual([]);
	});
});

/** All code below a folder, without what the message compiler wrote. */
function sourcesOf(folder: string): Source[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
		.filter((path) => /\.(ts|js|svelte)$/.test(path) && !path.includes('/paraglide/'))
		.map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}
