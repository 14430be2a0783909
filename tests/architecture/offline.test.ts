import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const worker = readFileSync('src/service-worker/index.ts', 'utf8');
const [, names = ''] = /OFFLINE =\s+\/\^\\\/\(([^)]+)\)/.exec(worker) ?? [];

/** The places of the volunteer and of the desks, by the first part of their address. */
const places = ['(field)', '(staff)'].flatMap((group) =>
	readdirSync(`src/routes/${group}`, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
);

test.each(places)(
	'/%s opens from what the phone holds, with a page of ours and not a dinosaur',
	(place) => {
		expect(names.split('|')).toContain(place);
	}
);
