import type { Device } from '../../src/lib/device/device';
import type { ChangedFields, Edit } from '../../src/lib/domain/change';
import { mark, merging } from '../../src/lib/domain/arranging';
import { CONSENT_TEXT } from '../../src/lib/domain/contact';
import { newId } from '../../src/lib/domain/id';
import type { Household } from '../../src/lib/domain/household';
import type { Kind, Row } from '../../src/lib/domain/record';
import type { Write } from './schedule';

/** The day on which all of this happens, by the true clock. */
const DAY = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);

/**
 * What a person writes on a phone that shows what it shows. Nothing where there is nothing to correct.
 * @param n a number that no other writing of the story has
 */
export function edits(device: Device, group_id: string, write: Write, which: number, n: number) {
	const home = device.households()[which % Math.max(1, device.households().length)];
	const rows: Row[] = [...device.households(), ...device.visits(), ...device.trainings()];
	const row = rows[which % Math.max(1, rows.length)];
	const at_home = home ? home.group_id : group_id;
	const note = `lần ${n}`;
	switch (write) {
		case 'household':
			return [created('household', group_id, { label: `Nhà ${n}`, note })];
		case 'visit':
			return [created('visit', at_home, visit(home?.id ?? null, note))];
		case 'both': {
			const first = created('household', group_id, { label: `Nhà ${n}` });
			return [first, created('visit', group_id, visit(first.record_id, note))];
		}
		case 'signup':
			return [
				created('signup', at_home, {
					household_id: home?.id ?? null,
					visit_id: null,
					day: DAY,
					service: 'vneid',
					result: 'created',
					people: 1 + (n % 9)
				})
			];
		case 'training': {
			const household_ids = home?.group_id === group_id ? [home.id] : [];
			const fields = { day: DAY, topics: ['an_toan'], headcount: 12, people_by_group: {}, note };
			return [created('training', group_id, { ...fields, place: 'culture_house', household_ids })];
		}
		case 'correct':
			return home && n % 3 === 0
				? [changed(home, { adults: n % 50 })]
				: changed_(row, { note, ...why(row) });
		case 'newer_field':
			return changed_(home, { from_a_newer_app: note });
		case 'discard':
			return changed_(row, { discarded: true, reason: 'undo' });
		case 'poison': {
			const poison = { note: `số 0123 4567 8901, ${note}` };
			if (row && n % 2 === 0) return [changed(row, { ...poison, ...why(row) })];
			return [created('household', group_id, { label: `Nhà ${n}`, ...poison })];
		}
		case 'merge': {
			const other = device.households().find((one) => one !== home && one.group_id === at_home);
			return home && other ? merging(gathered(device, home), gathered(device, other)).edits : [];
		}
		case 'part': {
			const merged = device.households().flatMap(({ id }) => device.mergedInto(id));
			const one = merged[which % Math.max(1, merged.length)];
			return one ? [mark(one, { merged_into: null })] : [];
		}
		case 'contact':
			return home ? [mark(home, { contact: contact(n, { consented_on: DAY }) })] : [];
		case 'withdraw': {
			const known = device.households().filter((one) => one.contact);
			const one = known[which % Math.max(1, known.length)];
			return one ? [mark(one, { contact: null })] : [];
		}
		case 'no_consent':
			// No form of ours sends it; what sends it all the same is refused.
			return home ? [changed(home, { contact: contact(n, {}) })] : [];
	}
}

function gathered(device: Device, household: Household) {
	return { household, merged: device.mergedInto(household.id) };
}

/** Whom to call; `consented_on` is what a consent has. */
function contact<Consent extends object>(n: number, consent: Consent) {
	const phone = `0905${String(n).padStart(6, '0')}`;
	return { phone, name: 'cô Năm', consent_text: CONSENT_TEXT, ...consent };
}

/** What was done is corrected with a reason; a household is described anew. */
function why(row: Row | undefined): ChangedFields {
	return row?.kind === 'household' ? {} : { reason: 'ghi nhầm' };
}

function visit(household_id: string | null, note: string): ChangedFields {
	return {
		household_id,
		day: DAY,
		place: 'home',
		topics: ['vneid'],
		outcome: 'helped',
		people_helped: 1,
		people_by_group: {},
		barriers: [],
		campaign: '',
		follow_up_on: null,
		note
	};
}

function created(kind: Kind, group_id: string, fields: ChangedFields): Edit {
	return { kind, record_id: newId(), group_id, base: null, fields };
}

function changed({ kind, id, group_id, seq }: Row, fields: ChangedFields): Edit {
	return { kind, record_id: id, group_id, base: seq, fields };
}

function changed_(row: Row | undefined, fields: ChangedFields): Edit[] {
	return row ? [changed(row, fields)] : [];
}
