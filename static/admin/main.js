/** The console starts here. */
import { start } from '../lib/app.js';
import './icons.js';
import { notFound, routes } from './routes.js';
import { Shell } from './shell.js';

void start({ texts: ['common', 'catalogue', 'adminCommon'], routes, notFound, Shell });
