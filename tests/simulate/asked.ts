import { parseArgs } from 'node:util';

export type Asked = ReturnType<typeof asked>;

/** Below this, a second process is slower to start than the work is long. */
const WORTH_PARTS = 500;

/** What was asked for on the command line; a seed may carry the path to one shrunken story. */
export function asked(args: string[]) {
	const { values } = parseArgs({
		args,
		options: {
			schedules: { type: 'string', default: '1000' },
			seed: { type: 'string', default: String(Date.now() % 1_000_000_000) },
			against: { type: 'string', default: 'memory' },
			// Stop at the first failure, without looking for a shorter story; in a browser that takes hours.
			first: { type: 'boolean', default: false },
			// Say on standard error which story is begun, for whoever waits for one that does not end.
			count: { type: 'boolean', default: false },
			part: { type: 'boolean', default: false }
		}
	});
	const [seed, ...path] = values.seed.split(':');
	const schedules = Number(values.schedules);
	const alone = values.part || values.first || path.length > 0 || values.against !== 'memory';
	return {
		schedules,
		seed: Number(seed),
		path: path.join(':'),
		against: values.against,
		first: values.first || values.against === 'browser',
		count: values.count,
		parts: !alone && schedules >= WORTH_PARTS
	};
}
