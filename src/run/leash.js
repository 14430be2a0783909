// Loaded into the server by serve_child.js. When whoever started it is gone without a word (killed,
// or its terminal's whole group was), the server closes the database and goes too, instead of
// keeping the port and the data folder for nobody.
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
process.channel?.unref();
