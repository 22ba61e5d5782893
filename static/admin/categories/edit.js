import { html, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field, Select } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { shelfOptions } from '../products/shelf-options.js';
import { LANGUAGES, TranslationFields, ownName, textsOf, translationsBody } from '../translations.js';
import { isBelow } from './tree.js';

/** @typedef {import('../../types/api.js').Category} Category */

/**
 * Name, translations and place of a category, or of a new one.
 * @param {{category: Category | null, parent: number | null, all: Category[], onClose: () => void, onSaved: () => void}} props
 */
export function CategoryDialog({ category, parent, all, onClose, onSaved }) {
  const [texts, setTexts] = useState(() => textsOf(category, 'name')), [below, setBelow] = useState(String(category?.parent_id ?? parent ?? '')), [tried, setTried] = useState(false);
  const name = texts[LANGUAGES[0]].trim();
  const save = useAction(async () => {
    const body = { name, parent_id: below ? Number(below) : null, translations: translationsBody(texts, category, 'name') };
    if (category) await api.put('/categories/{id}', body, { params: { id: category.id } });
    else await api.post('/categories', body);
    toast(t(category ? 'adminShelves.changed' : 'adminShelves.added', { name }));
    onSaved();
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); setTried(true); if (name) void save.run(); };
  // It may stand anywhere but below itself.
  const places = category ? all.filter((one) => !isBelow(all, one.id, category.id)) : all;
  return html`<${Dialog} title=${category ? t('adminShelves.editOf', { name: category.name }) : t('adminShelves.newCategory')} onClose=${onClose}><form class="stack" noValidate onSubmit=${submit}>
    <${Field} label=${t('adminShelves.name')} value=${texts[LANGUAGES[0]]} lang=${LANGUAGES[0]} maxlength="128" required autofocus error=${tried && !name ? t('adminShelves.nameNeeded') : save.error?.field('name')}
      onInput=${(/** @type {any} */ event) => setTexts({ ...texts, [LANGUAGES[0]]: event.currentTarget.value })} />
    <${TranslationFields} texts=${texts} label=${(/** @type {string} */ language) => t('adminShelves.in', { language })} hint=${t('adminShelves.inHint', { language: ownName(LANGUAGES[0]) })} errors=${save.error} onChange=${setTexts} />
    <${Select} label=${t('adminShelves.parent')} value=${below} error=${save.error?.field('parent_id')} onChange=${setBelow} options=${[{ value: '', label: t('adminShelves.topLevel') }, ...shelfOptions(places)]} />
    ${save.error && !save.error.errors.length && html`<${ProblemNotice} error=${save.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${save.busy}>${t('adminShelves.save')}</${Button}></div></form></${Dialog}>`;
}
