import { LADDER, type Evidence, type Rung } from '$lib/domain/ladder';
import { m } from '$lib/i18n/paraglide/messages';
import { word } from '../../words';
import { factLabels } from '../fact-words';

const NAMES = [m.ladder_0, m.ladder_1, m.ladder_2, m.ladder_3, m.ladder_4, m.ladder_5];
const HELP = [
	m.ladder_next_help_1,
	m.ladder_next_help_2,
	m.ladder_next_help_3,
	m.ladder_next_help_4,
	m.ladder_next_help_5
];

export const RUNGS = [0, ...LADDER.map(({ rung }) => rung)] as const;

/** The name of a rung; 0: nothing is known. */
export function rungName(rung: 0 | Rung): string {
	return NAMES[rung]?.() ?? '';
}

/** What would help a household up to a rung. */
export function helpUpTo(rung: Rung): string {
	return HELP[rung - 1]?.() ?? '';
}

/** Why a rung counts as proven: an answer, a sign-up, or a higher rung that needs it. */
export function evidenceText(rung: Rung, { of, proofs }: Evidence): string {
	if (of !== rung) return m.ladder_by_rung({ rung: of });
	const what = proofs
		.map((proof) =>
			proof.kind === 'answer' ? factLabels[proof.code]() : word('service', proof.code)
		)
		.join(', ');
	return proofs[0]?.kind === 'signup' ? m.ladder_by_signup({ what }) : m.ladder_by_answer({ what });
}
