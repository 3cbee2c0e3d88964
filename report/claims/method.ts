import type { Claim } from './claim.ts'
import { compatibilityOrder } from './method/compatibility.ts'
import { coordinatedOmission } from './method/coordinated-omission.ts'

/** What is said of measuring, and what no measurement tells. */
export const methodClaims: Claim[] = [coordinatedOmission, compatibilityOrder]
