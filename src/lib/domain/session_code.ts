import * as v from 'valibot';
import { fromText, toText, utf8 } from './bundle/bytes';
import { codeField, codesField } from './checks/code';
import { dayField } from './checks/day';
import type { TrainingFields } from './training';

/** What another team's phone has to know of a training session to attach its households, without a network. */
export type SessionCard = { id: string } & Pick<
	TrainingFields,
	'day' | 'topics' | 'place' | 'campaign'
>;

const PLACE = '/log/training/attach#';

const written = v.tuple([
	v.literal(1),
	v.pipe(v.string(), v.uuid()),
	dayField,
	v.pipe(codesField, v.minLength(1)),
	v.union([v.literal(''), codeField]),
	v.union([v.literal(''), codeField])
]);

/** The address that the QR code of a session says; behind the #, which no server is ever told. */
export function sessionAddress(origin: string, card: SessionCard): string {
	const { id, day, topics, place, campaign } = card;
	return `${origin}${PLACE}${toText(utf8(JSON.stringify([1, id, day, topics, place, campaign])))}`;
}

/** The session that a scanned text or an address names; null when it names none. */
export function sessionIn(text: string): SessionCard | null {
	const [, code] = /#([\w-]{20,2000})$/.exec(text) ?? [];
	const bytes = code ? fromText(code) : null;
	if (!bytes) return null;
	const read = v.safeParse(written, json(new TextDecoder().decode(bytes)));
	if (!read.success) return null;
	const [, id, day, topics, place, campaign] = read.output;
	return { id, day, topics, place, campaign };
}

function json(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
