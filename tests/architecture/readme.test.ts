import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const readme = readFileSync('README.md', 'utf8');
const migrations = readdirSync('supabase/migrations');

/** The rows of the journey table: the words in code quotes, and where they are said to be. */
const journey = [...readme.matchAll(/^\| \d+ \| [^|]+ \| ([^|]+) \| ([^|]+) \|$/gm)].map(
	([, words = '', places = '']) => ({ words: quoted(words), places: quoted(places) })
);

test('the journey table has its ten steps', () => {
	expect(journey).toHaveLength(10);
});

test.each(journey.filter(({ words }) => words.length > 0))(
	'a newcomer finds $words where the README says',
	({ words, places }) => {
		const text = places.flatMap(files).map((file) => readFileSync(file, 'utf8'));
		for (const word of words) expect(text.join('\n')).toContain(plain(word));
	}
);

function quoted(cell: string): string[] {
	return [...cell.matchAll(/`([^`]+)`/g)].map(([, inside = '']) => inside);
}

/** `api.push(changes)` is found by its name; what stands in brackets is for the reader. */
function plain(word: string): string {
	return word.replace(/\(.*/, '');
}

/** `…_push.sql` is the migration that ends so; a folder is all files in it. */
function files(place: string): string[] {
	if (!place.startsWith('…')) {
		expect(existsSync(place), place).toBe(true);
		if (!place.endsWith('/')) return [place];
		return readdirSync(place, { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.(ts|svelte)$/.test(name))
			.map((name) => place + name);
	}
	const found = migrations.filter((name) => name.endsWith(place.slice(1)));
	expect(found, place).toHaveLength(1);
	return found.map((name) => `supabase/migrations/${name}`);
}
