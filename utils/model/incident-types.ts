/**
 * Incident types of the recommended-actions paper, in the order of their digits on the strip. Words under
 * `type.<id>` in `locales/`. In a file of its own, because pages get it without the schema library.
 */
export const incidentTypes = [
  'harassment',
  'threat-of-violence',
  'doxxing',
  'smear-campaign',
  'hateful-conduct',
  'sexualised-abuse',
  'impersonation',
  'coordinated-attack',
  'surveillance-stalking',
  'gender-based-violence',
  'disinformation',
  'synthetic-media',
  'account-hacking',
  'silencing',
] as const
