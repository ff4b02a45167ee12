// The choice of a campaign, which most pages offer.
import { html } from '../core/html.js';
import { useData } from '../core/api.js';
import { Choose } from './choose.js';

/** @param {{value: string, none: string}} props none: what the empty choice means on this page */
export function ChooseCampaign({ value, none }) {
  const { data } = useData('/api/campaigns', ['campaign.changed']);
  const ids = (data?.campaigns ?? []).map((/** @type {any} */ one) => one.campaign_id);
  const options = [['', none], ...ids.map((/** @type {string} */ id) => [id, id])];
  if (value && !ids.includes(value)) {
    options.push([value, value]);
  }
  return html`<${Choose} name="campaign" label="Campaign" value=${value} options=${options} />`;
}
