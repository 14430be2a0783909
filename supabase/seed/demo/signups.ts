import type { VisitFields } from '../../../src/lib/domain/visit';
import { after } from './calendar';
import type { Pen } from './record';
import { SERVICES } from './words';

/** Writes down what was signed up for in a visit that helped: often nothing, at most two services. */
export function signUp(
	pen: Pen,
	visited: number,
	visit: { id: string; author_id: string; fields: VisitFields }
): void {
	const { dice } = pen;
	const { household_id, day, topics, people_helped } = visit.fields;
	const services = new Set(topics.flatMap((topic) => dice.some(SERVICES[topic] ?? [], 1)));
	let moment = visited;
	for (const service of dice.some([...services], 2)) {
		if (dice.chance(0.45)) continue;
		moment = after(moment, dice);
		const result = dice.weighted({
			created: 38,
			activated: 28,
			already_had: 14,
			unfinished: 14,
			refused: 6
		});
		pen.write(
			moment,
			{
				kind: 'signup',
				fields: {
					household_id,
					visit_id: visit.id,
					day,
					service,
					result,
					people: dice.chance(0.8) ? 1 : people_helped
				}
			},
			visit.author_id
		);
	}
}
