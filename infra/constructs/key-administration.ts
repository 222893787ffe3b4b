/**
 * The actions on our keys that the account's administrators may use (fact kms-mac). Signing and making MACs are not among
 * them, nor is CreateGrant, with which they could grant themselves either: only a change of a key's policy, which
 * CloudTrail records, allows them.
 */
export const ADMINISTRATION = [
  'kms:DescribeKey',
  'kms:GetKeyPolicy',
  'kms:PutKeyPolicy',
  'kms:ListGrants',
  'kms:ListKeyPolicies',
  'kms:RevokeGrant',
  'kms:EnableKey',
  'kms:DisableKey',
  'kms:GetKeyRotationStatus',
  'kms:ListResourceTags',
  'kms:TagResource',
  'kms:UntagResource',
  'kms:UpdateKeyDescription',
  'kms:ScheduleKeyDeletion',
  'kms:CancelKeyDeletion',
];
