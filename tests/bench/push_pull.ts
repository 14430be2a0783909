import { PROTOCOL } from '../../src/lib/data/functions';
import { household, visit } from '../support/changes';
import { openGatewayOn, type TestGateway } from '../support/gateways';
import { startPostgres } from '../support/postgres';
import { floor } from './floor';
import { beside, quantile, type Line } from './line';

const ROUNDS = 10;

/**
 * Through the gateway, token and all: a push of 100 visits to 100 households, and a pull of 1,000
 * records from X */
export async function pushAndPull(): Promise<Line[]> {
	const postgres = await startPostgres();
	const lines: Line[] = [];
	for (const [name, where] of [
		['pglite', null],
		['postgresql', postgres]
	] as const) {
		const gateway = await openGatewayOn(where);
		const homes = Array.from({ length: 100 }, (_, i) => household(`Nhà ${i}`));
		await push(gateway, homes);
		const pushes: number[] = [];
		for (let round = 0; round < ROUNDS; round++)
			pushes.push(
				await timed(() =>
					push(
						gateway,
						homes.map((home) => visit(home.record_id))
					)
				)
			);
		const pulls: number[] = [];
		for (let round = 0; round < ROUNDS; round++)
			pulls.push(
				await timed(() => gateway.rpc('teammate', 'pull', { protocol: PROTOCOL, cursors: {} }))
			);
		await gateway.close();
		const rate = (records: number, times: number[]) => (records * 1000) / quantile(times, 0.5);
		const { insert, select } = await floor(where);
		lines.push(
			beside(`push.100_visits.${name}`, rate(100, pushes), 'records/s', 'plain inserts/s', insert),
			beside(`pull.1000_records.${name}`, rate(1000, pulls), 'records/s', 'bare rows/s', select)
		);
	}
	await postgres.stop();
	return lines;
}

async function push(gateway: TestGateway, changes: unknown[]) {
	const answer = await gateway.rpc('volunteer', 'push', { protocol: 1, device: {}, changes });
	const { verdicts } = (await answer.json()) as { verdicts: { verdict: string }[] };
	if (verdicts.some((one) => one.verdict !== 'applied'))
		throw new Error('a change was not applied');
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}
