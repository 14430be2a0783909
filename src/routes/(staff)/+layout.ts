// The figures are asked for by the browser with the person's own token; a server render would have
// nothing to show.
export const ssr = false;
