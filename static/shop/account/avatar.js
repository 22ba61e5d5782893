import { html, useEffect, useRef, useState } from '../../lib/html.js';
import { api } from '../../lib/api.js';
import { t } from '../../lib/i18n.js';
import { useAction } from '../../lib/page.js';
import { user } from '../../lib/session.js';
import { toast } from '../../lib/toast.js';
import { usePause } from '../../ui/act-button.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { FieldError } from '../../ui/field.js';
import { WaitNotice } from '../door/wait.js';
import { whole } from './crop.js';
import { Cropper, cut } from './cropper.js';

/** A file of this size is read here; what is sent is a small part of it. */
const MOST_BYTES = 40 * 1024 * 1024;
const UPLOAD_MS = 60_000;

/** @typedef {{image: ImageBitmap, type: string}} Chosen */

/** The picture of the account, and a new one by choosing a file and a part of it. */
export function AvatarPart() {
  const who = user.value;
  const file = useRef(/** @type {HTMLInputElement | null} */ (null));
  const [chosen, setChosen] = useState(/** @type {Chosen | null} */ (null));
  const [fault, setFault] = useState(/** @type {string | null} */ (null));
  const choose = async (/** @type {any} */ event) => {
    const input = event.currentTarget, [picked] = input.files;
    input.value = ''; // the same file can be chosen again
    if (!picked) return;
    setFault(null);
    if (picked.size > MOST_BYTES) return setFault(t('account.pictureLarge'));
    try {
      setChosen({ image: await createImageBitmap(picked), type: picked.type });
    } catch { setFault(t('problems.unreadable_image')); }
  };
  if (!who) return null;
  const name = who.nick_name || who.user_name;
  const close = () => { chosen?.image.close(); setChosen(null); };
  return html`<div class="portrait">
    ${who.avatar ? html`<img class="avatar big" src=${who.avatar.variants.small} alt=${t('account.pictureOf', { name })} />`
      : html`<span class="avatar big" aria-hidden="true">${[...name][0]?.toLocaleUpperCase()}</span>`}
    <div class="stack"><input hidden ref=${file} type="file" accept="image/jpeg,image/png,image/webp,image/gif" onChange=${choose} />
      <${Button} kind="line" size="sm" onClick=${() => file.current?.click()}>${t(who.avatar ? 'account.changePicture' : 'account.choosePicture')}</${Button}>
      ${fault ? html`<${FieldError} text=${fault} />` : html`<p class="hint">${t('account.pictureHint')}</p>`}</div>
    ${chosen && html`<${CropDialog} chosen=${chosen} onClose=${close} />`}
  </div>`;
}

/** @param {{chosen: Chosen, onClose: () => void}} props */
function CropDialog({ chosen: { image, type }, onClose }) {
  const [crop, setCrop] = useState(() => whole(image));
  const room = useRef(/** @type {HTMLDivElement | null} */ (null));
  const send = useAction(async () => {
    const form = new FormData(), blob = await cut(image, crop, type);
    form.set('file', blob, blob.type === 'image/jpeg' ? 'avatar.jpg' : 'avatar.png');
    user.value = await api.post('/user/avatar', form, { timeout: UPLOAD_MS });
    toast(t('account.pictureSaved'));
    onClose();
  });
  const left = usePause(send.error);
  useEffect(() => { const part = room.current?.querySelector('[tabindex="0"]'); if (part instanceof HTMLElement) part.focus(); }, []);
  return html`<${Dialog} title=${t('account.whichPart')} onClose=${onClose}>
    <div ref=${room}><${Cropper} image=${image} crop=${crop} onChange=${setCrop} /></div>
    <${WaitNotice} error=${send.error} left=${left} />
    <div class="acts"><${Button} kind="line" onClick=${onClose}>${t('common.cancel')}</${Button}>
      <${Button} busy=${send.busy} disabled=${left > 0} onClick=${() => void send.run()}>${t('account.usePart')}</${Button}></div>
  </${Dialog}>`;
}
