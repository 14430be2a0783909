import { daNang } from '../city';
import type { SeedRow } from '../database';
import { idOf } from '../id';
import { city_unit_id, wards } from './places';

type Table = 'app.plans' | 'app.indicators' | 'app.plan_lines' | 'app.targets' | 'app.observations';

const SOURCE = 'Số liệu bịa cho thành phố mẫu';
const { city_id } = daNang;
const plan_id = idOf(city_id, 'demo plan');
const reached = idOf(city_id, 'demo indicator', 'reached');

/** A plan of the demo's own year with a target for every ward, so that its screens have something to say. */
export function planRows(today: string): [Table, SeedRow[]][] {
	const year = Number(today.slice(0, 4));
	const task = (position: number, vi: string, en: string, status: string | null): SeedRow => ({
		...{
			city_id,
			line_id: idOf(city_id, 'demo task', vi),
			plan_id,
			kind: 'task',
			position,
			vi,
			en
		},
		...{ indicator_id: null, status, as_of: status && today, source: status ? SOURCE : '' }
	});
	const target = (level: string, unit_id: string, value: number): SeedRow => ({
		...{
			city_id,
			target_id: idOf(city_id, 'demo target', unit_id),
			indicator_id: reached,
			plan_id
		},
		...{ level, unit_id, place: null, year, value, source: SOURCE }
	});
	return [
		[
			'app.plans',
			[
				{
					...{ city_id, plan_id, kind: 'plan', number: '', name: `Kế hoạch mẫu năm ${year}` },
					...{ authority: 'Thành phố mẫu (bịa)', issued_on: `${year}-01-15` },
					...{ from_year: year, to_year: year }
				}
			]
		],
		[
			'app.indicators',
			[
				{
					...{ city_id, indicator_id: reached, vi: 'Hộ được hỗ trợ', en: 'Households reached' },
					...{ unit: 'percent', direction: 'more', denominator_vi: 'hộ gia đình' },
					...{ denominator_en: 'households', denominator_measure: 'households' },
					...{ measure: 'households_reached', numerator: 'counted' }
				}
			]
		],
		[
			'app.plan_lines',
			[
				{ ...task(1, '', '', null), kind: 'indicator', indicator_id: reached },
				task(1, 'Kiện toàn tổ công nghệ số cộng đồng ở các phường, xã', 'Renew the teams', 'done'),
				task(2, 'Tập huấn kỹ năng số cho thành viên tổ', 'Train the teams', 'in_progress'),
				task(3, 'Mở điểm hỗ trợ lưu động ở thôn xa', 'Open mobile support points', 'not_done')
			]
		],
		[
			'app.targets',
			[target('city', city_unit_id, 90), ...wards.map(({ ward_id }) => target('ward', ward_id, 90))]
		],
		[
			'app.observations',
			[
				{
					...{ city_id, observation_id: idOf(city_id, 'demo observation'), indicator_id: reached },
					...{ unit_id: city_unit_id, place: null, as_of: `${year}-06-30`, said_of: '', sign: '' },
					...{ value: 41.5, out_of: null, source: SOURCE }
				}
			]
		]
	];
}
