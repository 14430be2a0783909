import type {
	IndicatorUnit,
	Observation,
	PlanKind,
	ReportedStatus,
	TargetLevel
} from '$lib/domain/plan';
import { formatDay, formatNumber, formatShare } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import { desk } from '../desk.svelte';

export const KIND_NAMES: Record<PlanKind, () => string> = {
	plan: m.plans_kind_plan,
	collection: m.plans_kind_collection,
	legal_basis: m.plans_kind_legal_basis
};

export const STATUS_NAMES: Record<ReportedStatus, () => string> = {
	all: m.plans_status_all,
	exceeded: m.plans_status_exceeded,
	met: m.plans_status_met,
	met_or_exceeded: m.plans_status_met_or_exceeded,
	not_met: m.plans_status_not_met,
	undetermined: m.plans_status_undetermined,
	done: m.plans_status_done,
	in_progress: m.plans_status_in_progress,
	not_done: m.plans_status_not_done
};

export const LEVEL_NAMES: Record<TargetLevel, () => string> = {
	nation: m.plans_level_nation,
	city: m.plans_level_city,
	ward: m.plans_level_ward
};

const UNITS: Partial<Record<string, (of: { value: string }) => string>> = {
	people: m.plans_unit_people,
	households: m.plans_unit_households,
	wards: m.plans_unit_wards,
	groups: m.plans_unit_groups,
	markets: m.plans_unit_markets,
	services: m.plans_unit_services,
	accounts: m.plans_unit_accounts,
	downloads: m.plans_unit_downloads,
	addresses: m.plans_unit_addresses,
	firms: m.plans_unit_firms,
	products: m.plans_unit_products,
	years: m.plans_unit_years
};

/** A figure with its unit: 45,7% · 3.766 hộ. Nothing known is a dash. */
export function figureText(value: number | null, unit: IndicatorUnit | string): string {
	if (value === null) return '—';
	if (unit === 'percent') return formatShare(value / 100);
	const number = formatNumber(value);
	return UNITS[unit]?.({ value: number }) ?? number;
}

/** What somebody has published, as they said it: "trên 73%", "18 chợ trên 109". */
export function observationText({ value, sign, out_of }: Observation, unit: IndicatorUnit): string {
	const text = figureText(value, unit);
	if (out_of !== null) return m.plans_out_of({ value: text, all: formatNumber(out_of) });
	if (sign === '>') return m.plans_more_than({ value: text });
	return sign === '~' ? m.plans_about({ value: text }) : text;
}

/** Who said it, and of when. */
export function saidText({
	source,
	said_of,
	as_of
}: Pick<Observation, 'source' | 'said_of' | 'as_of'>) {
	return m.plans_said({ source, when: said_of || formatDay(as_of) });
}

/** What the teams' records count for an indicator. */
export function measureText(measure: string): string {
	const word: Record<string, () => string> = {
		households_reached: m.plans_measure_households_reached,
		visits: m.plans_measure_visits,
		people_helped: m.plans_measure_people_helped,
		trainings: m.plans_measure_trainings,
		attendance: m.plans_measure_attendance,
		households_learned: m.plans_measure_households_learned,
		requests_opened: m.plans_measure_requests_opened,
		requests_done: m.plans_measure_requests_done,
		members: m.plans_measure_members,
		wards_with_team: m.plans_measure_wards_with_team
	};
	if (measure.startsWith('fact_')) return m.plans_measure_fact();
	if (!measure.startsWith('signups_')) return word[measure]?.() ?? measure;
	return `${m.plans_measure_signups()}: ${desk.serviceName(measure.slice('signups_'.length))}`;
}

/** A line in the language of the screen. */
export function nameOf(line: { vi: string; en: string }): string {
	return line[getLocale()];
}

/** "12 đạt, 3 chưa đạt" of so many of each. */
export function countsText(counts: { status: ReportedStatus; lines: number }[]): string {
	return counts
		.map(({ status, lines }) => `${formatNumber(lines)} ${STATUS_NAMES[status]()}`)
		.join(', ');
}
