import type { Forecast } from '$lib/domain/forecast';
import { formatDay, formatNumber } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import { figureText } from '../../words';
import type { Paced } from './pace';

/** A count as the plan writes the indicator: a share of its denominator, or the count. */
export function asWritten(count: number, { row }: Paced, unit: string): string {
	return unit === 'percent' && row.denominator
		? figureText((100 * count) / row.denominator, 'percent')
		: figureText(Math.round(count), unit);
}

/** Counts a week: whole ones, but one decimal where there are few. */
export function paceText(pace: number): string {
	return formatNumber(pace < 10 ? Math.round(pace * 10) / 10 : Math.round(pace));
}

/** What the forecast says, in one sentence; or why there is none. */
export function forecastText(of: Paced, unit: string): string {
	const { told, target, due } = of;
	if (typeof told === 'string') return NONE[told]();
	const said = {
		...{ day: formatDay(due ?? ''), target: figureText(target, unit) },
		...{ expected: asWritten(told.expected, of, unit), low: asWritten(told.low, of, unit) },
		high: asWritten(told.high, of, unit)
	};
	return told.reaches
		? m.forecast_reaches(said)
		: m.forecast_short({ ...said, more: formatNumber(Math.ceil(told.more_a_week)) });
}

const NONE: Record<Exclude<Paced['told'], Forecast>, () => string> = {
	too_little: m.forecast_too_little,
	deadline_passed: m.forecast_deadline_passed,
	no_target: m.forecast_no_target,
	no_denominator: m.forecast_no_denominator
};
