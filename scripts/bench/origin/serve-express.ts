/** What most Node servers do with files: `serve-express.ts PORT FOLDER`. */
import express from 'express';

const [port, folder = '.'] = process.argv.slice(2);
const app = express();
app.use('/media', express.static(folder));
const server = app.listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
