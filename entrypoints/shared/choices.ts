import type { Choices } from '../../components/shared/CaseField'
import { reporterRoles } from '../../utils/model/case'
import { incidentTypes } from '../../utils/model/incident-types'

/** The incident types and roles that a person can choose from. */
export const choices: Choices = { types: incidentTypes, roles: reporterRoles }
