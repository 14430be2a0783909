// The phone's screens are drawn from what the phone holds; a server has nothing to add to them.
export const ssr = false;
