/** No script at all: figures for everybody open on every machine, and print as they stand. */
export const csr = false;
