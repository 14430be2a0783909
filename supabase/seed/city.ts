/** A city as the first row of its database says it. */
export type City = {
	city_id: string;
	name: string;
	/** People, households and figures are invented. */
	demo: boolean;
	/** What the city calls its teams; the name differs from city to city. */
	team_name: string;
};

/** The teams' name as in the city's letter 6436/UBND-STTTT of 21 November 2023. */
export const daNang: City = {
	city_id: 'da-nang',
	name: 'Đà Nẵng',
	demo: false,
	team_name: 'Tổ Công nghệ số cộng đồng và Đề án 06'
};
