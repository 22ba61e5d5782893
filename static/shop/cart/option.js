import { t } from '../../lib/i18n.js';
import { optionName } from '../product/choice.js';

/** The variant in words: `Cognac, Size: 12`; a bare number needs its name. @param {{options: Record<string, string>}} goods a SKU, or a line of an order */
export const optionText = ({ options }) =>
  Object.entries(options).map(([name, value]) => (/^\d+$/.test(value) ? t('checkout.optionNamed', { name: optionName(name), value }) : value)).join(', ');
