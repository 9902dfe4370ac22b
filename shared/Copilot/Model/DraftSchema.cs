using Approvals.Values;

namespace Approvals.Copilot.Model;

/// <summary>The form in which a language model writes a policy: strict JSON schema of what <see cref="Policies.PolicyReader"/> reads, as far as drafts use it.</summary>
internal static class DraftSchema
{
    public static readonly Value Policy = JsonText.Parse("""
        {
          "type": "object",
          "additionalProperties": false,
          "required": ["key", "name", "description", "actionTypes", "when", "levels", "distinctApprovers", "sensitive", "titleTemplate"],
          "properties": {
            "key": { "type": "string", "description": "Letters, digits, dashes and underscores, joined by dots; usually the action type" },
            "name": { "type": "string" },
            "description": { "type": ["string", "null"], "description": "The rule in one sentence" },
            "actionTypes": { "type": "array", "items": { "type": "string" } },
            "when": { "type": ["string", "null"], "description": "Condition; null: always" },
            "distinctApprovers": { "type": "boolean", "description": "No person approves two levels" },
            "sensitive": { "type": "array", "items": { "type": "string" }, "description": "Payload paths such as payload.iban" },
            "titleTemplate": { "type": ["string", "null"], "description": "E.g. Bill {payload.number}" },
            "levels": {
              "type": "array",
              "items": {
                "type": "object",
                "additionalProperties": false,
                "required": ["name", "approvers", "strategy", "quorum", "when", "humanOnly", "respondWithin", "onTimeout", "escalateTo"],
                "properties": {
                  "name": { "type": "string" },
                  "approvers": { "type": "array", "items": { "type": "string" } },
                  "strategy": { "type": "string", "enum": ["all", "any", "first", "quorum"] },
                  "quorum": { "type": ["integer", "null"], "description": "With the strategy quorum only" },
                  "when": { "type": ["string", "null"], "description": "Condition under which the level is asked; null: always" },
                  "humanOnly": { "type": "boolean" },
                  "respondWithin": { "type": ["string", "null"], "description": "90s, 30m, 48h or 7d" },
                  "onTimeout": { "type": ["string", "null"], "enum": ["escalate", "expire", "reject", null] },
                  "escalateTo": { "type": "array", "items": { "type": "string" } }
                }
              }
            }
          }
        }
        """);
}
