/** The console starts here. */
import { start } from '../lib/app.js';
import { language } from '../lib/i18n.js';
import { notFound, routes } from './routes.js';
import { Shell } from './shell.js';

await start({ texts: [import(`../texts/${language}/index.js`), import(`../texts/${language}/admin.js`)], routes, notFound, Shell });
