import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { sentences, t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { Problem } from '../../lib/problem.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { problemText } from '../../ui/error.js';
import { Notice } from '../../ui/notice.js';

/** @typedef {import('../../types/api.js').Category} Category */

/**
 * Asks, deletes, and explains why a category that is not empty stays.
 * @param {{category: Category, all: Category[], onClose: () => void, onRemoved: () => void}} props
 */
export function RemoveDialog({ category, all, onClose, onRemoved }) {
  const { id, name } = category, [held, setHeld] = useState(/** @type {{goods: number, below: number} | null} */ (null));
  const remove = useAction(async () => {
    try {
      await api.delete('/categories/{id}', { params: { id } });
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'category_not_empty') throw error;
      const { total, items } = await api.get('/admin/products', { query: { category_id: id, page_size: 1 } });
      setHeld({ goods: total ?? items.length, below: all.filter((one) => one.parent_id === id).length });
      return;
    }
    toast(t('adminShelves.removed', { name }));
    onRemoved();
  });
  if (held) {
    return html`<${Dialog} title=${t('adminShelves.removeTitle', { name })} onClose=${onClose}><${Notice} kind="warn" alert><b>${t('adminShelves.notEmpty', { name })}</b>
        ${' '}${sentences([held.goods > 0 && t('adminShelves.notEmptyGoods', { n: held.goods }), held.below > 0 && t('adminShelves.notEmptyBelow', { n: held.below }), t('adminShelves.moveFirst')])}</${Notice}>
      <div class="acts"><${Button} kind="line" onClick=${onClose} autofocus>${t('common.close')}</${Button}>${held.goods > 0 && html`<${Button} href=${`/admin/products?shelf=${id}`}>${t('adminShelves.showGoods')}</${Button}>`}</div></${Dialog}>`;
  }
  return html`<${Confirm} title=${t('adminShelves.removeTitle', { name })} text=${t('adminShelves.removeText')} safe=${t('adminShelves.keep')} act=${t('adminShelves.remove')} danger busy=${remove.busy}
    error=${remove.error && problemText(remove.error)} onAct=${() => void remove.run()} onClose=${onClose} />`;
}
