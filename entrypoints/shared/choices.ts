import type { Choices } from '../../components/shared/case-fields'
import { grounds, namings, publicities, reporterRoles, severities } from '../../utils/model/case'
import { incidentTypes } from '../../utils/model/incident-types'

/** What a person can choose from in the fields of a case. */
export const choices: Choices = {
  types: incidentTypes,
  roles: reporterRoles,
  grounds,
  namings,
  publicities,
  severities,
}
