/** No script at all: whoever scans the code may have an old phone and one bar of signal. */
export const csr = false;
