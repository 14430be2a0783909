import { isDeepStrictEqual } from 'node:util';
import { pulledRows } from '../../src/lib/device/pulled';
import type { Row } from '../../src/lib/domain/record';
import { columnsOf } from '../support/columns';
import type { Seen } from './hands';
import type { Books, Kept } from './target';
import type { Findings, Ledger } from './ledger';
import type { Place } from './place';
import type { World } from './world';

/** Compares what people were told, what the server holds and what every phone shows. */
export async function audit(world: World): Promise<Findings> {
	const { ledger, places, target, scopes } = world;
	const { lost, doubled, diverged } = ledger.findings;
	const books = await target.city.books();
	const shown = new Map<Place, Seen>();
	for (const place of places) shown.set(place, await (await place.tab()).seen());
	lost.push(...missing(ledger, books, shown));
	doubled.push(...books.totals, ...strangers(ledger, books));
	diverged.push(...wrongRows(ledger, books), ...wrongVerdicts(books), ...wrongMerges(books));
	diverged.push(...unconsented(ledger, books));
	for (const [place, seen] of shown) {
		const groups = scopes.get(place.person_id) ?? [];
		diverged.push(...differences(seen, books, groups), ...ghosts(ledger, place, seen));
		const tab = await place.reopened();
		const again = await tab.seen();
		diverged.push(...differences(again, books, groups).map((one) => `on the disk ${one}`));
		await tab.kill();
	}
	return ledger.findings;
}

/** Every change that a phone said it has is on the server, in its writer's name, or was shown to them. */
function missing(ledger: Ledger, { changes }: Books, seen: Map<Place, Seen>): string[] {
	const kept = new Map(changes.map((change) => [change.change_id, change]));
	return [...ledger.written].flatMap(([id, { change, place }]) => {
		const shown =
			ledger.handled.has(id) || ledger.isExcused(id) || seen.get(place)?.returned.includes(id);
		const there = kept.get(id);
		if (there && there.author_id !== place.person_id) return [`${id} is in another's name`];
		const discards = there?.verdict === 'discarded' && change.fields.discarded === true;
		if (shown || discards || there?.verdict === 'applied') return [];
		return [`${change.kind} ${JSON.stringify(change.fields)} is ${there?.verdict ?? 'nowhere'}`];
	});
}

/** Nothing is on the server that nobody wrote. */
function strangers({ written }: Ledger, { changes }: Books): string[] {
	const unknown = changes.filter(({ change_id }) => !written.has(change_id));
	return unknown.map(({ change_id, verdict }) => `nobody wrote ${change_id} (${verdict})`);
}

/** A record is its applied changes, laid over each other in the order of their numbers. */
function wrongRows({ written }: Ledger, { changes, rows }: Books): string[] {
	const numbered = changes.filter(({ seq }) => seq !== null).sort(bySeq);
	const expected = new Map<string, Record<string, unknown>>();
	for (const { change_id, record_id, author_id } of numbered) {
		const { reason: _why, ...fields } = written.get(change_id)?.change.fields ?? {};
		// The server says of its own who noted a contact down; with the household it goes.
		if (fields.contact) fields.contact = { ...fields.contact, recorded_by: author_id };
		const before = expected.get(record_id);
		if (fields.discarded && before && 'contact' in before) fields.contact = null;
		expected.set(record_id, { ...before, ...fields });
	}
	const wrong = rows.flatMap((row) => {
		const { extra, ...here } = row as Row & { extra?: Record<string, unknown> };
		const all: Record<string, unknown> = { ...extra, ...here };
		return Object.entries(expected.get(row.id) ?? { id: 'unwritten' })
			.filter(([field, value]) => !isDeepStrictEqual(all[field], value))
			.map(([field, value]) => `${field} of ${row.id} is ${all[field]}, not ${value}`);
	});
	const here = new Set(rows.map(({ id }) => id));
	return [...wrong, ...[...expected.keys()].filter((id) => !here.has(id))];
}

/** A household that turned out to be another one counts there: that one is here and stands for itself. */
function wrongMerges({ rows }: Books): string[] {
	const households = rows.filter((row) => row.kind === 'household');
	const standing = new Map(
		households
			.filter((row) => !row.discarded && row.merged_into === null)
			.map((row) => [row.id, row.group_id])
	);
	return households
		.filter((row) => !row.discarded && row.merged_into !== null)
		.filter((row) => standing.get(row.merged_into ?? '') !== row.group_id)
		.map((row) => `${row.id} is merged into ${row.merged_into}, which does not stand for itself`);
}

/** A number to call is taken only with a consent, and one that was refused rests nowhere. */
function unconsented({ written }: Ledger, { changes, rows }: Books): string[] {
	const taken = changes.filter(({ change_id, seq }) => {
		const { contact } = written.get(change_id)?.change.fields ?? {};
		return seq !== null && contact && !Object.hasOwn(contact, 'consented_on');
	});
	const kept = rows.filter((row) => row.kind === 'household' && row.discarded && row.contact);
	return [
		...taken.map(({ change_id }) => `${change_id} was taken without a consent`),
		...kept.map(({ id }) => `${id} was discarded, and its contact was not`)
	];
}

/** Merged is what somebody else had changed since the writer looked, and nothing else. */
function wrongVerdicts({ changes }: Books): string[] {
	const numbered = changes.filter(({ seq }) => seq !== null).sort(bySeq);
	return numbered.flatMap((change) => {
		const earlier = numbered.filter(
			(one) => one.record_id === change.record_id && (one.seq ?? 0) < (change.seq ?? 0)
		);
		const others = earlier.filter(
			(one) =>
				(one.seq ?? 0) > (change.base ?? 0) &&
				(one.author_id !== change.author_id || one.device_id !== change.device_id) &&
				one.fields.some((field) => isMergeable(field) && change.fields.includes(field))
		);
		const verdict = others.length > 0 ? 'merged' : 'applied';
		return verdict === change.verdict ? [] : [`${change.change_id} should be ${verdict}`];
	});
}

function isMergeable(field: string): boolean {
	return field !== 'reason' && field !== 'from_a_newer_app';
}

/** A phone shows what the server has of its groups, and nothing else as confirmed. */
function differences(
	{ rows: all, merged, confirmed }: Seen,
	{ rows }: Books,
	groups: string[]
): string[] {
	const truth = new Map(
		pulled(rows)
			.filter((row) => groups.includes(row.group_id) && !row.discarded)
			.map((row) => [row.id, row])
	);
	const shown = all.filter((row) => confirmed.includes(row.id));
	const wrong = shown.filter((row) => !isDeepStrictEqual(row, truth.get(row.id)));
	const here = new Set(shown.map((row) => row.id));
	const absent = [...truth.values()].filter((row) => !here.has(row.id));
	const twice = all.filter((row, n) => all.findIndex(({ id }) => id === row.id) !== n);
	const homes = new Map(merged);
	const astray = shown.filter(
		(row) => row.kind === 'household' && row.merged_into !== (homes.get(row.id) ?? null)
	);
	return [
		...twice.map((row) => `shows twice ${told(row)}`),
		...astray.map((row) => `shows under ${homes.get(row.id) ?? 'itself'} ${told(row)}`),
		...wrong.map((row) => `shows ${told(row)} for ${told(truth.get(row.id))}`),
		...absent.map((row) => `does not show ${told(row)}`)
	];
}

/** What only the phone has is shown whole: its creation was sent back, and is there. */
function ghosts(ledger: Ledger, place: Place, { rows, confirmed, returned }: Seen): string[] {
	return rows
		.filter((row) => !confirmed.includes(row.id))
		.filter((row) => {
			const all = [...ledger.written.values()].filter(
				({ change }) => change.record_id === row.id && place.person_id === row.author_id
			);
			return !all.some(
				({ change }) => returned.includes(change.change_id) && isWhole(change.fields)
			);
		})
		.map((row) => `shows a ghost ${told(row)}`);
}

function isWhole(fields: Record<string, unknown>): boolean {
	return 'label' in fields || 'day' in fields;
}

function pulled(rows: Row[]): Row[] {
	const groups = new Set(rows.map(({ group_id }) => group_id));
	return [...groups].flatMap((group_id) => pulledOf(rows, group_id));
}

function pulledOf(all: Row[], group_id: string): Row[] {
	const rows = all.filter((row) => row.group_id === group_id);
	const of = (kind: Row['kind']) => columnsOf(rows.filter((row) => row.kind === kind));
	return pulledRows({
		group_id,
		cursor: '',
		more: false,
		reset: false,
		households: of('household'),
		visits: of('visit'),
		signups: of('signup'),
		trainings: of('training'),
		requests: of('request'),
		goals: of('goal'),
		thanks: of('thank')
	});
}

function bySeq(a: Kept, b: Kept): number {
	return (a.seq ?? 0) - (b.seq ?? 0);
}

function told(row: Row | undefined): string {
	return row ? JSON.stringify(row) : 'nothing';
}
