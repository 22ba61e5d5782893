/** The shop starts here. */
import { start } from '../lib/app.js';
import { followBag } from './bag.js';
import { followFavourites } from './favourites.js';
import { loadCategories } from './shelves.js';
import { loadSales } from './sales-store.js';
import { notFound, routes } from './routes.js';
import { Shell } from './shell.js';

// The shell lives without them, and the page that needs them says when they fail.
loadCategories().catch(() => {});
loadSales().catch(() => {});
void start({ texts: ['common', 'catalogue'], routes, notFound, Shell }).then(() => import('./later.js')).catch(() => {});
followBag();
followFavourites();
