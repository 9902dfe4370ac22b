param token string
param location string
param tags object
param insightsId string
param serviceBusId string
param email string

resource actions 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-approvals-${token}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'approvals'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

// The names are those of the service's meter `Approvals` (docs/operations.md). A line that is logged with an exception comes with the exception's
// message, and its own words only as the template that it was made from.
var rules = [
  {
    name: 'outbox-lag'
    severity: 2
    description: 'More than 300 events wait for a consumer.'
    query: 'customMetrics | where name == "approvals.outbox.lag" | summarize value = max(valueMax) by bin(timestamp, 5m) | where value > 300'
  }
  {
    name: 'failed-orchestrations'
    severity: 1
    description: 'An orchestration failed, or something that it asked for failed for good.'
    query: 'union traces, exceptions | extend line = strcat(message, " ", customDimensions.OriginalFormat) | where line has "Orchestration" and line has "failed" or line has "(Orchestrator)" and line has "failed with an error"'
  }
  {
    name: 'sla-breaches'
    severity: 3
    description: 'Times to respond or to complete were over.'
    query: 'customMetrics | where name == "approvals.sla.breaches" | summarize value = sum(valueSum) by bin(timestamp, 15m) | where value > 0'
  }
]

resource queries 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-approvals-${rule.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: 'Approvals: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [actions.id] }
    }
  }
]

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-approvals-dead-letters-${token}'
  location: 'global'
  tags: tags
  properties: {
    description: 'A subscription of the topic has dead letters.'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead-letters'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadletteredMessages'
          operator: 'GreaterThan'
          threshold: 0
          timeAggregation: 'Maximum'
        }
      ]
    }
    actions: empty(email) ? [] : [{ actionGroupId: actions.id }]
  }
}
