import { getLocale } from './paraglide/runtime';

const STEPS = ['megabyte', 'gigabyte', 'terabyte'] as const;

/** 2621440 → 2,5 MB; from a thousand on in the next larger unit. */
export function formatSize(bytes: number): string {
	let size = bytes / 1024 ** 2;
	let step = 0;
	for (; size >= 1000 && step < STEPS.length - 1; step++) size /= 1024;
	return new Intl.NumberFormat(getLocale(), {
		style: 'unit',
		unit: STEPS[step],
		maximumFractionDigits: size < 10 ? 1 : 0
	}).format(size);
}

/** 12345 → 13 kB: for what is small. */
export function formatBytes(bytes: number): string {
	return new Intl.NumberFormat(getLocale(), { style: 'unit', unit: 'kilobyte' }).format(
		Math.ceil(bytes / 1000)
	);
}
