/** How a user is shown in the console. */
import { html } from '../../lib/html.js';
import { t } from '../../lib/i18n.js';
import { Picture } from '../../ui/plate.js';
import { Tag } from '../../ui/tag.js';

/** @typedef {import('../../types/api.js').User} User */

/** The picture, or the first letter. @param {{user: User}} props */
export const Face = ({ user }) => (user.avatar ? html`<${Picture} class="avatar" image=${user.avatar} sizes="2rem" />`
  : html`<span class="avatar" aria-hidden="true">${[...user.user_name][0]?.toLocaleUpperCase()}</span>`);

/** @param {{user: User}} props */
export const UserTags = ({ user }) => (user.status === 'banned' ? html`<${Tag} kind="bad">${t('adminPeople.banned')}</${Tag}>` : html`<${Tag} kind="good">${t('adminPeople.active')}</${Tag}>`);
