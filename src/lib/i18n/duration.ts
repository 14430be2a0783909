import { getLocale } from './paraglide/runtime';

const STEPS = [
	['day', 86_400_000],
	['hour', 3_600_000],
	['minute', 60_000]
] as const;

/** A stretch of time (ms) in the largest unit that fits, rounded: 7_300_000 → '2 giờ', '2 hours'. */
export function formatDuration(ms: number): string {
	const [unit, size] = STEPS.find(([, size]) => ms >= size) ?? (['minute', 60_000] as const);
	return new Intl.NumberFormat(getLocale(), { style: 'unit', unit, unitDisplay: 'long' }).format(
		Math.round(ms / size)
	);
}
