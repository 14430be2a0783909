import { v7 } from 'uuid';
import type { Ask } from '../../src/lib/domain/request';
import type { Problem } from '../../src/lib/domain/problems';
import type { TestCity } from './databases';
import { SERVER, sha256 } from './door';
import { units, type CastName } from './small_city';

export type Asked = { request_id: string | null; problems: Problem[]; wait?: number };
type Poster = { token: string; group_name: string; problem?: { code: string } };

export const ask: Ask = {
	label: 'Nhà cô Năm tạp hóa',
	topic: 'vneid',
	wish_time: 'evening',
	wish_weekdays: ['sat', 'sun'],
	consent: 'form_1'
};

/** The ways in which somebody asks for help in a city. */
export function asking(city: () => TestCity) {
	return {
		poster: (who: CastName, group_id = units.to3, renew = false) =>
			city().call<Poster>(who, 'poster', { group_id, renew }),
		page: (token: string) =>
			city().callAs<{ group_name: string; topics: { code: string }[] } | null>(
				SERVER,
				'server_ask_page',
				{ token }
			),
		ask: (token: string, said: Partial<Ask> = {}, request_id = v7(), address = 'an address') =>
			city().callAs<Asked>(SERVER, 'server_ask', {
				token,
				address: sha256(address).slice(0, 32),
				request_id,
				request: { ...ask, ...said }
			}),
		enter: (who: CastName, group_id = units.to3, said: Partial<Ask> = {}, request_id = v7()) =>
			city().call<Asked>(who, 'enter_request', {
				group_id,
				request_id,
				request: { ...ask, consent: 'spoken_1', ...said }
			})
	};
}
