/** What the first page does without: it comes once that is shown, and is there for the next. */
import '../lib/morph.js';
import '../ui/icons-more.js';
import { loadErrorState } from '../ui/error.js';

loadErrorState().catch(() => { /* it is asked for again with the first error */ });
