import { daNang } from '../city';
import type { SeedRow } from '../database';
import { idOf } from '../id';
import type { CastMember } from './cast';
import { Dice } from './random';
import type { DemoTeam } from './teams';

const HOUR = 60 * 60 * 1000;
const DAY = 24 * HOUR;

/**
 * The phones of the teams, as they were on the evening before `today`: most in contact lately, some
 * not for weeks, and a few people who never were. The cast always was: they are whom a visitor of
 * the demo looks for.
 */
export function phoneRows(teams: DemoTeam[], today: string): SeedRow[] {
	const midnight = Date.parse(`${today}T00:00:00+07:00`);
	return teams.flatMap(({ people }) =>
		people.flatMap((person) => {
			const dice = new Dice('phone', person.person_id);
			const known = isCast(person);
			const kind = known ? 'lately' : dice.weighted({ lately: 8, late: 1, never: 1 });
			if (kind === 'never') return [];
			const days = kind === 'late' ? dice.between(8, 30) : dice.between(0, known ? 0 : 5);
			const last_contact = midnight - days * DAY - dice.between(3, 9) * HOUR;
			const waiting = dice.chance(kind === 'late' ? 0.5 : 0.05) ? dice.between(1, 12) : 0;
			return [
				{
					city_id: daNang.city_id,
					device_id: idOf(daNang.city_id, 'phone', person.person_id),
					person_id: person.person_id,
					last_contact: iso(last_contact),
					app_version: 'mẫu',
					waiting,
					oldest_at: waiting > 0 ? iso(last_contact - dice.between(1, 40) * HOUR) : null,
					storage_persisted: dice.chance(0.6)
				}
			];
		})
	);
}

function isCast({ person_id, name }: CastMember): boolean {
	return person_id === idOf(daNang.city_id, 'cast', name);
}

function iso(moment: number): string {
	return new Date(moment).toISOString();
}
