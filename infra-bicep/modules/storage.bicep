// State, audit, outbox and receipts (tables), large payloads and checkpoints (blobs), orchestrations where no scheduler is used.
param name string
param location string
param tags object
param checkpointRetentionDays int

@description('Part of the names of the containers in which Durable Functions keeps leases and large messages.')
param taskHub string

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
  properties: { deleteRetentionPolicy: { enabled: true, days: 30 } }
}

// All that the Functions host and Durable Functions use: the app has rights on each, and none on the account, so that it makes no container itself.
var hosting = [
  'app-package'
  'azure-webjobs-hosts'
  'azure-webjobs-secrets'
  '${toLower(taskHub)}-applease'
  '${toLower(taskHub)}-leases'
  '${toLower(taskHub)}-largemessages'
]

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for container in hosting: {
    parent: blobs
    name: container
  }
]

resource checkpoints 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = {
  parent: blobs
  name: 'checkpoints'
}

// Nobody, the app included, can change or delete a checkpoint within the period, and the app can't change the policy (roles.bicep). Lock the policy once the period is agreed: that is final.
resource immutable 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2024-01-01' = {
  parent: checkpoints
  name: 'default'
  properties: { immutabilityPeriodSinceCreationInDays: checkpointRetentionDays, allowProtectedAppendWrites: false }
}

output name string = account.name
output hostingContainers array = hosting
output checkpointsContainer string = checkpoints.name
