import type { GoalFields } from '../../../src/lib/domain/goal';
import type { HouseholdFields } from '../../../src/lib/domain/household';
import type { RequestFields } from '../../../src/lib/domain/request';
import type { SignupFields } from '../../../src/lib/domain/signup';
import type { TrainingFields } from '../../../src/lib/domain/training';
import type { VisitFields } from '../../../src/lib/domain/visit';
import { idAt } from '../id';
import type { DemoTeam } from './teams';
import type { Dice } from './random';

/** A record as a phone would have written it at a moment (ms), all fields filled in. */
export type DemoRecord = {
	id: string;
	group_id: string;
	author_id: string;
	moment: number;
} & (
	| { kind: 'household'; fields: HouseholdFields }
	| { kind: 'visit'; fields: VisitFields }
	| { kind: 'signup'; fields: SignupFields }
	| { kind: 'training'; fields: TrainingFields }
	| { kind: 'request'; fields: RequestFields }
	| { kind: 'goal'; fields: GoalFields }
);

type Content = DemoRecord extends infer R
	? R extends { kind: infer K; fields: infer F }
		? { kind: K; fields: F }
		: never
	: never;

/** How much of a team's writing its first, second, … member does. */
const SHARES = [9, 6, 4, 3, 2, 1, 1, 1];

/** Writes the records of one group: knows who may have written them, and counts them for their ids. */
export class Pen {
	readonly records: DemoRecord[] = [];

	constructor(
		readonly team: DemoTeam,
		readonly dice: Dice
	) {}

	/** Adds a record and answers its id. */
	write(moment: number, content: Content, author_id = this.author()): string {
		const { group_id } = this.team.group;
		const id = idAt(moment, group_id, content.kind, String(this.records.length));
		this.records.push({ id, group_id, author_id, moment, ...content });
		return id;
	}

	/** Somebody of the team; a few do most of the work. */
	author(): string {
		const { people } = this.team;
		const shares = Object.fromEntries(people.map((it, n) => [it.person_id, SHARES[n] ?? 1]));
		return this.dice.weighted(shares);
	}
}
