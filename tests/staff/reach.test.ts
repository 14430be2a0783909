import { describe, expect, it } from 'vitest';
import { axisEnd, filled, reachOf } from '../../src/routes/(staff)/rate';

describe('how far the households have been reached', () => {
	it('is a rate of sums, so a small ward does not weigh as much as a large one', () => {
		const reach = reachOf([
			{ households: 100, reached: 100 },
			{ households: 900, reached: 0 }
		]);
		expect(reach).toMatchObject({ places: 2, reached: 100, households: 1000, share: 0.1 });
	});

	it('leaves out households reached where nobody knows how many there are, and says so', () => {
		const reach = reachOf([
			{ households: 200, reached: 50 },
			{ households: null, reached: 30 }
		]);
		expect(reach).toMatchObject({ places: 1, reached: 50, share: 0.25 });
		expect(reach).toMatchObject({ without: 1, reachedWithout: 30 });
	});

	it('is missing, not zero, when no ward has a number of households', () => {
		expect(reachOf([{ households: null, reached: 3 }]).share).toBeNull();
		expect(reachOf([]).share).toBeNull();
	});

	it('does not ask for the households of a place that is left out of coverage', () => {
		const reach = reachOf([{ households: null, reached: 0, counted: false }]);
		expect(reach).toMatchObject({ places: 0, without: 0 });
	});

	it('fills a bar to its end and no further when more were reached than there should be', () => {
		expect(filled(1.4)).toBe(1);
		expect(filled(0.5)).toBe(0.5);
		expect(filled(-1)).toBe(0);
	});

	it('is drawn on an axis that begins at zero and ends just above the highest rate', () => {
		expect(axisEnd([])).toBe(0.1);
		expect(axisEnd([0.02, 0.1])).toBe(0.1);
		expect(axisEnd([0.11])).toBe(0.25);
		expect(axisEnd([0.7, 0.2])).toBe(1);
		expect(axisEnd([1.3])).toBe(1.3);
	});
});
