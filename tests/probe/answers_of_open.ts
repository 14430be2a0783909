import type { ApiRule } from './answers';
import type { Row } from './expectations';
import { factsIn, type Truth } from './truth';
import { CITIES } from './world';

const [publishes] = CITIES;
/** The rows of the city that publishes; those of the other are for nobody. */
const opened = ({ rows }: Truth, table: string) =>
	(rows.get(table) ?? []).filter(({ city_id }) => city_id === publishes);

/** What is open to everybody, and who opens it. */
export const OPEN: Record<string, ApiRule> = {
	open_figures: {
		audience: 'everybody',
		says: ({ figures }: { figures: { months: { wards: Row[] }[] } | null }) =>
			(figures?.months ?? []).flatMap(({ wards }) =>
				wards.map(({ ward_id, reached }) => `${ward_id} reached ${reached}`)
			),
		expectedByAll: ({ city }, truth) =>
			city === null || city === publishes
				? opened(truth, 'app.open_cells').map(
						({ ward_id, reached }) => `${ward_id} reached ${reached}`
					)
				: [],
		showsAll: (truth) => [
			...factsIn(opened(truth, 'app.open_cells')),
			...factsIn(opened(truth, 'app.cities').map(({ name }) => name))
		]
	},
	publishing: {
		audience: 'people',
		says: ({ city_id, since }: Row) => [`${city_id} ${since ? 'publishes' : 'does not'}`],
		expects: ({ verbs, person: { city } }) =>
			verbs.has('publish_figures')
				? [`${city} ${city === publishes ? 'publishes' : 'does not'}`]
				: []
	},
	set_publishing: {
		audience: 'people',
		says: ({ city_id, since }: Row) => [`${city_id} ${since ? 'publishes' : 'does not'}`],
		expects: ({ verbs, person: { city } }, { n }) =>
			verbs.has('publish_figures') ? [`${city} ${n % 2 === 1 ? 'publishes' : 'does not'}`] : []
	}
};
