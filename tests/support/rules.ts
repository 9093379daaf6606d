import { findProfile, loadProfiles } from '../../schemas/national/load-profiles';
import { admissionRulesOf } from '../../schemas/processes/admission-rules';

/** The rules of stays in the profile that ships as default. */
export const RULES = admissionRulesOf(findProfile(loadProfiles(), 'default'));
