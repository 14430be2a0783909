import { daysSince, type Member, type SeenPhone } from '$lib/domain/phones';
import { fold, matches } from '$lib/domain/text';
import { placeText } from '../../member-phones/words';
import type { Sortable } from '../order';

/** One phone of a member, or a member without any. */
export type PhoneRow = {
	key: string;
	member: Member;
	phone: SeenPhone | null;
	/** Which of the member's phones, from 1; null when there is only one. */
	nth: number | null;
};

/** A row for each phone, and one for each member who never was in contact. */
export function rowsOf(members: Member[]): PhoneRow[] {
	return members.flatMap((member): PhoneRow[] => {
		const key = `${member.team_id} ${member.person_id}`;
		const { phones } = member;
		if (phones.length === 0) return [{ key, member, phone: null, nth: null }];
		return phones.map((phone, n) => ({
			key: `${key} ${n}`,
			member,
			phone,
			nth: phones.length > 1 ? n + 1 : null
		}));
	});
}

/** The rows whose member, team or ward has every typed word, without regard to marks. */
export function found(rows: PhoneRow[], query: string): PhoneRow[] {
	return rows.filter(({ member }) => matches(fold(`${member.name} ${placeText(member)}`), query));
}

/** What a column of the table is sorted by; null where nothing is known. */
export function valueOf({ member, phone }: PhoneRow, by: string): Sortable {
	if (by === 'name') return member.name;
	// Under its ward, because every ward has a Tổ 1.
	if (by === 'team') return `${member.ward_name ?? ''} ${member.groups.join(' ')} ${member.name}`;
	if (!phone) return null;
	if (by === 'last_contact') return phone.last_contact;
	if (by === 'waiting') return phone.waiting;
	if (by === 'oldest_at') return phone.oldest_at;
	if (by === 'app_version') return phone.app_version;
	return phone.storage_persisted === null ? null : Number(phone.storage_persisted);
}

/** How long the oldest change that a phone held back has waited by now; null when nothing waits. */
export function oldestDays({ phone }: PhoneRow, at: string): number | null {
	return phone?.oldest_at ? daysSince(phone.oldest_at, at) : null;
}
