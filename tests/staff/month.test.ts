import { describe, expect, it } from 'vitest';
import {
	firstDay,
	lastDayCounted,
	monthAfter,
	monthAsked,
	monthBefore,
	thisMonth
} from '../../src/routes/(staff)/month';

const now = new Date('2026-11-15T03:00:00Z');

describe('the month of the figures', () => {
	it('is the month in Vietnam, which begins seven hours before the one in London', () => {
		expect(thisMonth(new Date('2026-10-31T16:59:59Z'))).toBe('2026-10');
		expect(thisMonth(new Date('2026-10-31T17:00:00Z'))).toBe('2026-11');
	});

	it('goes back over a new year and forward again', () => {
		expect(monthBefore('2026-01')).toBe('2025-12');
		expect(monthAfter('2025-12', now)).toBe('2026-01');
	});

	it('never goes forward into a month that has not begun', () => {
		expect(monthAfter('2026-10', now)).toBe('2026-11');
		expect(monthAfter('2026-11', now)).toBeNull();
	});

	it('is what the address says, and this month when the address says nothing true', () => {
		expect(monthAsked('2026-03', now)).toBe('2026-03');
		for (const text of [null, '', '2026-13', '2026-1', 'nay', '2026-12', '2026-11-05']) {
			expect(monthAsked(text, now)).toBe('2026-11');
		}
	});

	it('is asked of the server by its first day', () => {
		expect(firstDay('2026-02')).toBe('2026-02-01');
	});

	it('speaks up to its last day, or up to now while it is still running', () => {
		expect(lastDayCounted('2026-10', '2026-11-15T03:00:00Z')).toBe('2026-10-31');
		expect(lastDayCounted('2028-02', '2028-03-15T03:00:00Z')).toBe('2028-02-29');
		expect(lastDayCounted('2026-11', '2026-11-14T18:00:00Z')).toBe('2026-11-15');
	});
});
