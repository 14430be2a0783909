import { describe, expect, it } from 'vitest';
import {
	inOrder,
	orderAsked,
	orderText,
	pressed,
	type Sortable
} from '../../src/routes/(staff)/order';

const itself = (value: Sortable) => value;
const sorted = (values: Sortable[], down = false) => inOrder(values, itself, { by: 'value', down });

describe('the order of a table', () => {
	it('has names as a Vietnamese dictionary has them, and Tổ 3 before Tổ 10', () => {
		expect(sorted(['Đại Lộc', 'Duy Xuyên', 'Ái Nghĩa', 'An Khê'])).toEqual([
			'Ái Nghĩa',
			'An Khê',
			'Duy Xuyên',
			'Đại Lộc'
		]);
		expect(sorted(['Tổ 10', 'Tổ 3'])).toEqual(['Tổ 3', 'Tổ 10']);
	});

	it('keeps what is missing at the end in both directions', () => {
		expect(sorted([null, 0.2, 0, null, 0.1])).toEqual([0, 0.1, 0.2, null, null]);
		expect(sorted([null, 0.2, 0, null, 0.1], true)).toEqual([0.2, 0.1, 0, null, null]);
	});

	it('keeps equal rows as they came, and leaves the given list alone', () => {
		const rows = [
			{ name: 'An Khê', visits: 1 },
			{ name: 'Hải Châu', visits: 0 },
			{ name: 'Sơn Trà', visits: 1 }
		];
		const result = inOrder(rows, (row) => row.visits, { by: 'visits', down: true });
		expect(result.map(({ name }) => name)).toEqual(['An Khê', 'Sơn Trà', 'Hải Châu']);
		expect(rows.map(({ name }) => name)).toEqual(['An Khê', 'Hải Châu', 'Sơn Trà']);
	});

	it('turns round at the second press on the same heading', () => {
		const first = pressed({ by: 'name', down: false }, 'visits');
		expect(first).toEqual({ by: 'visits', down: false });
		expect(pressed(first, 'visits')).toEqual({ by: 'visits', down: true });
		expect(pressed({ by: 'visits', down: true }, 'visits')).toEqual({ by: 'visits', down: false });
	});

	it('can be sent to a colleague in the address', () => {
		const order = { by: 'coverage', down: true };
		expect(orderAsked(orderText(order), ['name', 'coverage'], 'name')).toEqual(order);
	});

	it('is by name when the address names a column that is not there', () => {
		for (const text of [null, '', '-', 'money', '-money']) {
			expect(orderAsked(text, ['name', 'coverage'], 'name')).toEqual({ by: 'name', down: false });
		}
	});
});
