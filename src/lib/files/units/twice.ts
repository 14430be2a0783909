import { nameKey } from './known';
import type { Listed, UnitReading } from './listed';

/** Notes rows that tell of one unit twice: by its code, or by its name under the same parent. */
export function noteTwice(reading: UnitReading, listed: Listed[]): void {
	const seen = new Map<string, Listed>();
	for (const one of listed) {
		const byCode = one.code !== '';
		const key = byCode
			? `code ${one.code}`
			: `name ${one.level} ${nameKey(one.parent)} ${nameKey(one.name)}`;
		const first = seen.get(key);
		if (!first) seen.set(key, one);
		else
			reading.add(
				byCode ? 'unit_code_twice' : 'unit_name_twice',
				one.row,
				byCode ? 'code' : 'name',
				{ value: byCode ? one.code : one.name, details: { row: first.row.at } }
			);
	}
}
