// One topic. Duplicate detection by MessageId (the event id), order by SessionId (tenant and request), filters on
// application properties (docs/events.md).
param name string
param location string
param tags object

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: name
  location: location
  tags: tags
  sku: { name: 'Standard', tier: 'Standard' }
  properties: { disableLocalAuth: true, minimumTlsVersion: '1.2' }
}

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = {
  parent: namespace
  name: 'approvals'
  properties: {
    requiresDuplicateDetection: true
    duplicateDetectionHistoryTimeWindow: 'P1D'
    supportOrdering: true
    defaultMessageTimeToLive: 'P14D'
  }
}

// Examples: everything in order per request; only final decisions; one tenant's agents.
resource everything 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = {
  parent: topic
  name: 'everything'
  properties: { requiresSession: true, maxDeliveryCount: 10, deadLetteringOnMessageExpiration: true }
}

resource decisions 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = {
  parent: topic
  name: 'decisions'
  properties: { requiresSession: true, maxDeliveryCount: 10, deadLetteringOnMessageExpiration: true }
}

resource decisionsRule 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = {
  parent: decisions
  name: '$Default'
  properties: {
    filterType: 'SqlFilter'
    sqlFilter: {
      sqlExpression: 'sys.Label = \'approval.rejected\' OR sys.Label = \'approval.expired\' OR (sys.Label = \'approval.approved\' AND final = TRUE)'
    }
  }
}

resource purchasing 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = {
  parent: topic
  name: 'purchasing'
  properties: { requiresSession: true, maxDeliveryCount: 10, deadLetteringOnMessageExpiration: true }
}

resource purchasingRule 'Microsoft.ServiceBus/namespaces/topics/subscriptions/rules@2024-01-01' = {
  parent: purchasing
  name: '$Default'
  properties: { filterType: 'SqlFilter', sqlFilter: { sqlExpression: 'actionType LIKE \'purchasing.%\'' } }
}

output id string = namespace.id
output name string = namespace.name
output topic string = topic.name
output host string = '${namespace.name}.servicebus.windows.net'
