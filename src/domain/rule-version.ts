/** Rises with every change of a rule or of a default; stored with each assessment and each flag. */
export const ruleVersion = '5'
