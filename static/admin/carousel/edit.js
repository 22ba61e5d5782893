import { html, useEffect, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t, tMaybe, loadTexts } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { pictureFault } from '../../lib/picture-files.js';
import { toast } from '../../lib/toast.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Field, FieldError, faultText } from '../../ui/field.js';
import { ProblemNotice } from '../../ui/notice.js';
import { ProductPick } from '../product-pick.js';
import { PictureInput } from '../products/pictures.js';
import { LANGUAGES, TranslationFields, ownName, textsOf, translationsBody } from '../translations.js';
import { SlideView } from './slide-view.js';

/** @typedef {import('../../types/api.js').Carousel} Slide */
/** @typedef {import('../product-pick.js').Picked} Picked */

const UPLOAD_MS = 120_000;

/**
 * Picture, title and product of a new slide; title and product of one that is there.
 * @param {{slide: Slide | null, product: Picked | null, onClose: () => void, onSaved: () => void}} props
 */
export function SlideDialog({ slide, product: before, onClose, onSaved }) {
  const [texts, setTexts] = useState(() => textsOf(slide, 'title')), [product, setProduct] = useState(before), [file, setFile] = useState(/** @type {File | null} */ (null)), [wrong, setWrong] = useState(''), [tried, setTried] = useState(false);
  const url = useObjectUrl(file) ?? slide?.image.variants.large ?? '', title = texts[LANGUAGES[0]].trim();
  useEffect(() => { void loadTexts(['adminProducts']); }, []);
  const take = async (/** @type {File[]} */ [next]) => {
    if (!next) return;
    const fault = await pictureFault(next);
    setWrong(fault ? tMaybe(`adminProducts.${fault}`, { name: next.name }) ?? '' : '');
    if (!fault) setFile(next);
  };
  const save = useAction(async () => {
    const translations = translationsBody(texts, slide, 'title'), product_id = product?.id ?? null;
    if (slide) await api.put('/carousels/{id}', { title, product_id, translations }, { params: { id: slide.id } });
    else await api.post('/carousels', formOf(/** @type {File} */ (file), title, product_id, translations), { timeout: UPLOAD_MS });
    toast(t(slide ? 'adminShelves.slideSaved' : 'adminShelves.slideAdded'));
    onSaved();
  });
  const submit = (/** @type {Event} */ event) => { event.preventDefault(); setTried(true); if (title && (slide || file)) void save.run(); };
  const missing = tried && !slide && !file ? t('adminShelves.pictureNeeded') : faultText(save.error?.field('file')) ?? '';
  return html`<${Dialog} kind="wide" title=${slide ? t('adminShelves.edit') : t('adminShelves.newSlide')} onClose=${onClose}><form class="stack" noValidate onSubmit=${submit}>
    <${SlideView} url=${url} title=${title || t('adminShelves.title')} linked=${product !== null} quiet />
    ${slide ? html`<p class="hint">${t('adminShelves.pictureStays')}</p>` : html`<div class="field"><span class="label">${t('adminShelves.picture')}</span><${PictureInput} class="slide-input" label=${file?.name ?? t('adminShelves.choosePicture')} onFiles=${take} />
      ${wrong || missing ? html`<${FieldError} text=${wrong || missing} />` : html`<p class="hint">${t('adminShelves.pictureHint')}</p>`}</div>`}
    <${Field} label=${t('adminShelves.title')} value=${texts[LANGUAGES[0]]} lang=${LANGUAGES[0]} maxlength="255" required error=${tried && !title ? t('adminShelves.titleNeeded') : save.error?.field('title')}
      onInput=${(/** @type {any} */ event) => setTexts({ ...texts, [LANGUAGES[0]]: event.currentTarget.value })} />
    <${TranslationFields} texts=${texts} label=${(/** @type {string} */ language) => t('adminShelves.titleIn', { language })} hint=${t('adminShelves.inHint', { language: ownName(LANGUAGES[0]) })} errors=${save.error} onChange=${setTexts} />
    <${ProductPick} value=${product} error=${faultText(save.error?.field('product_id'))} onChange=${setProduct} />
    ${save.error && !save.error.errors.length && html`<${ProblemNotice} error=${save.error} />`}
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}><${Button} type="submit" busy=${save.busy}>${t('adminShelves.save')}</${Button}></div></form></${Dialog}>`;
}

/** @param {File} file @param {string} title @param {number | null} product @param {object} translations */
function formOf(file, title, product, translations) {
  const form = new FormData();
  form.append('file', file, file.name);
  form.append('title', title);
  if (product !== null) form.append('product_id', String(product));
  if (Object.keys(translations).length) form.append('translations', JSON.stringify(translations));
  return form;
}

/** @param {File | null} file @returns {string | null} */
function useObjectUrl(file) {
  const [url, setUrl] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    if (!file) return undefined;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return file ? url : null;
}
