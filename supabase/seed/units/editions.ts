/** An official list of units, as it was in force for a while. Days: from the first, to the first after. */
export type Edition = {
	edition: string;
	name: string;
	in_force_from: string;
	in_force_to: string | null;
	source: string;
	file: string;
};

/** The day on which the district level ended and Quảng Nam joined Đà Nẵng. */
export const MERGER_DAY = '2025-07-01';

const LIST = 'thanglequoc/vietnamese-provinces-database v2.1.0 (MIT)';

/** Every edition that the product knows, oldest first. */
export const editions: Edition[] = [
	{
		edition: 'dn-2023',
		name: 'Đà Nẵng 2021–2024',
		in_force_from: '2021-01-01',
		in_force_to: '2025-01-01',
		source: LIST,
		file: './units/danang_2023_units.csv'
	},
	{
		edition: 'dn-2025-01',
		name: 'Đà Nẵng 1/2025',
		in_force_from: '2025-01-01',
		in_force_to: MERGER_DAY,
		source: `${LIST}; NQ 1251/NQ-UBTVQH15`,
		file: './units/danang_2025-01_units.csv'
	},
	{
		// The list vouches for March 2025, not for the day since when it was so.
		edition: 'qn-2025-03',
		name: 'Quảng Nam 3/2025',
		in_force_from: '2025-03-01',
		in_force_to: MERGER_DAY,
		source: LIST,
		file: './units/quangnam_2025-03_units.csv'
	},
	{
		edition: 'dn-2025-07',
		name: 'Đà Nẵng 7/2025',
		in_force_from: MERGER_DAY,
		in_force_to: null,
		source: `${LIST}; NQ 1659/NQ-UBTVQH15; 1027/CTK-CSCL`,
		file: './units/danang_2025-07_units.csv'
	}
];

/** The edition that phones and figures work with today. */
export const IN_FORCE = 'dn-2025-07';
