import loadHighs from 'highs';

/** What everybody can read of one month: the total and each ward's count; null is withheld. */
export type Told = { total: number | null; wards: (number | null)[] };
type Range = { least: number; most: number };

const solver = loadHighs();

/**
 * What an attacker who adds and subtracts all that was published can say of a ward's count in a month:
 * the least and the most that it can have been, by linear programming over all equations at once.
 * @param growing whether they also know that a count only grows from month to month
 */
export async function attack(
	months: Told[],
	growing: boolean,
	wanted: string
): Promise<Range & { certain: boolean }> {
	const { solve } = await solver;
	const rules = rulesOf(months, growing).join('\n ');
	const bound = (way: 'Minimize' | 'Maximize') => {
		const found = solve(`${way}\n obj: ${wanted}\nSubject To\n ${rules}\nEnd`);
		if (found.Status === 'Optimal') return found.ObjectiveValue;
		// Of a withheld total nothing is known above.
		if (/unbounded/i.test(found.Status)) return way === 'Minimize' ? -Infinity : Infinity;
		throw new Error(`what was published contradicts itself: ${found.Status}`);
	};
	const [least, most] = [bound('Minimize'), bound('Maximize')];
	return { least, most, certain: most - least < 1e-6 };
}

/** The count of a ward in a month, as the attacker writes it. */
export const count = (ward: number, month: number) => `r${ward}_${month}`;

function rulesOf(months: Told[], growing: boolean): string[] {
	return months.flatMap(({ total, wards }, month) => [
		...wards.flatMap((value, ward) => (value === null ? [] : [`${count(ward, month)} = ${value}`])),
		...(total === null
			? []
			: [`${wards.map((_, ward) => count(ward, month)).join(' + ')} = ${total}`]),
		...(growing && month > 0
			? wards.map((_, ward) => `${count(ward, month)} - ${count(ward, month - 1)} >= 0`)
			: []),
		// So that each count is in some rule.
		...wards.map((_, ward) => `${count(ward, month)} >= 0`)
	]);
}
