/** The shop starts here. */
import { start } from '../lib/app.js';
import { language } from '../lib/i18n.js';
import { followBag } from './bag.js';
import { followFavourites } from './favourites.js';
import { loadCategories } from './shelves.js';
import { loadSales } from './sales-store.js';
import { notFound, routes } from './routes.js';
import { Shell } from './shell.js';

// The shell lives without them, and the page that needs them says when they fail.
loadCategories().catch(() => {});
loadSales().catch(() => {});
await start({ texts: [import(`../texts/${language}/index.js`)], routes, notFound, Shell });
followBag();
followFavourites();
