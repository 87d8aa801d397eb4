/** Kinds that somebody reports something by, and that units are measured on; the others ask for a service. */
export const reportKinds = ['complaint', 'aspiration', 'question'] as const;

/** Kinds of cases that there are, by name; functions/kinds.ts has what each of them is. */
export const caseKinds = [...reportKinds, 'application', 'informationRequest'] as const;
export type CaseKindName = (typeof caseKinds)[number];
