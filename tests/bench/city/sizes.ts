import type { OwnerDatabase } from '../../../src/run/migrations';
import { plain, said, type Line } from '../line';

type Size = { name: string; rows: number; bytes: number };

const RECORDS = ['households', 'visits', 'signups', 'trainings', 'requests'];

/** How large each table is with its indexes, and how much a record has made them grow. */
export async function sizes({ query }: OwnerDatabase): Promise<Line[]> {
	const tables = await query<Size>(
		`select c.relname as name, greatest(c.reltuples, 0)::float8 as rows, pg_total_relation_size(c.oid)::float8 as bytes
		from pg_class c where c.relnamespace = 'app'::regnamespace and c.relkind = 'r'
		order by 3 desc`
	);
	const [{ records } = { records: 0 }] = await query<{ records: number }>(
		`select (${RECORDS.map((table) => `(select count(*) from app.${table})`).join(' + ')})::float8 as records`
	);
	const all = tables.reduce((sum, table) => sum + table.bytes, 0);
	return [
		plain('city.records', records, 'records'),
		plain('city.size', all / 1e9, 'GB'),
		said(
			'records, their log, totals and indexes',
			plain('city.growth_per_record', all / records, 'bytes')
		),
		...tables
			.filter(({ bytes }) => bytes > 5e6)
			.map(({ name, rows, bytes }) =>
				said(
					`${Math.round(rows)} rows, ${Math.round(bytes / Math.max(rows, 1))} bytes each with their indexes`,
					plain(`city.growth_per_record.${name}`, bytes / records, 'bytes')
				)
			)
	];
}
