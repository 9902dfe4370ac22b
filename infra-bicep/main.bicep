// Everything the service needs, in one resource group. No shared keys anywhere: one user-assigned identity with the least roles.
targetScope = 'subscription'

@description('Name of the environment; part of every resource name.')
@minLength(1)
@maxLength(32)
param environmentName string

@description('Region. Flex Consumption and the Durable Task Scheduler must be offered there.')
param location string

@description('Where orchestrations are kept: the Durable Task Scheduler (recommended) or the storage account. The app must be published for the same one (docs/operations.md).')
@allowed(['scheduler', 'storage'])
param durableBackend string = 'storage'

@description('Deploys an Azure OpenAI account for the copilot\'s wording and drafting. Everything else works without.')
param withOpenAi bool = false

@description('Registers the Entra application and switches Easy Auth on. Needs permission to register applications.')
param withSignIn bool = true

@description('Takes people from Microsoft Graph: the app may then read users, groups and app roles. Needs withSignIn, and permission to grant it.')
param withGraphDirectory bool = false

@description('Who gets the alerts; none: no alert rules\' mails.')
param alertEmail string = ''

@description('Days for which a checkpoint blob can neither be changed nor deleted.')
@minValue(1)
@maxValue(146000)
param checkpointRetentionDays int = 2555

@description('Networks that may reach the Durable Task Scheduler; the app\'s identity is needed besides. Narrow it where the app\'s outbound addresses are known (a NAT gateway).')
param schedulerNetworks array = ['0.0.0.0/0']

@description('Instances to which the app may grow.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 100

var storageTaskHub = 'approvals'
var tags = { 'azd-env-name': environmentName }
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-approvals-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-approvals-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: 'stappr${token}', location: location, tags: tags, checkpointRetentionDays: checkpointRetentionDays, taskHub: storageTaskHub }
}

module serviceBus 'modules/serviceBus.bicep' = {
  scope: group
  params: { name: 'sb-approvals-${token}', location: location, tags: tags }
}

module scheduler 'modules/scheduler.bicep' = if (durableBackend == 'scheduler') {
  scope: group
  params: { name: 'dts-approvals-${token}', location: location, tags: tags, allowedNetworks: schedulerNetworks }
}

module keyVault 'modules/keyVault.bicep' = {
  scope: group
  params: { name: 'kv-appr-${token}', location: location, tags: tags }
}

// Who may read the secrets that people handed over has no part of the keys that sign, and the other way round.
module handedOverVault 'modules/keyVault.bicep' = {
  scope: group
  params: { name: 'kv-secr-${token}', location: location, tags: tags }
}

module openAi 'modules/openAi.bicep' = if (withOpenAi) {
  scope: group
  params: { name: 'oai-approvals-${token}', location: location, tags: tags }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageName: storage.outputs.name
    hostingContainers: storage.outputs.hostingContainers
    checkpointsContainer: storage.outputs.checkpointsContainer
    serviceBusName: serviceBus.outputs.name
    keyVaultNames: [keyVault.outputs.name, handedOverVault.outputs.name]
    insightsName: monitoring.outputs.insightsName
    schedulerName: durableBackend == 'scheduler' ? scheduler!.outputs.name : ''
    openAiName: withOpenAi ? openAi!.outputs.name : ''
  }
}

var appName = 'func-approvals-${token}'

module registration 'modules/registration.bicep' = if (withSignIn) {
  scope: group
  params: {
    name: 'approvals-${environmentName}'
    host: '${appName}.azurewebsites.net'
    identityPrincipalId: identity.outputs.principalId
    withGraphDirectory: withGraphDirectory
  }
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    name: appName
    location: location
    tags: union(tags, { 'azd-service-name': 'functions' })
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageName: storage.outputs.name
    serviceBusHost: serviceBus.outputs.host
    topic: serviceBus.outputs.topic
    keyVaultUri: keyVault.outputs.uri
    handedOverVaultUri: handedOverVault.outputs.uri
    insightsConnectionString: monitoring.outputs.connectionString
    schedulerEndpoint: durableBackend == 'scheduler' ? scheduler!.outputs.endpoint : ''
    taskHub: durableBackend == 'scheduler' ? scheduler!.outputs.taskHub : storageTaskHub
    openAiEndpoint: withOpenAi ? openAi!.outputs.endpoint : ''
    openAiDeployment: withOpenAi ? openAi!.outputs.deployment : ''
    signInClientId: withSignIn ? registration!.outputs.clientId : ''
    withGraphDirectory: withSignIn && withGraphDirectory
    maximumInstances: maximumInstances
  }
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    insightsId: monitoring.outputs.insightsId
    serviceBusId: serviceBus.outputs.id
    email: alertEmail
  }
}

output AZURE_LOCATION string = location
output APPROVALS_URL string = 'https://${app.outputs.host}'
output SERVICE_BUS_NAMESPACE string = serviceBus.outputs.host
output KEY_VAULT_URI string = keyVault.outputs.uri
output HANDED_OVER_VAULT_URI string = handedOverVault.outputs.uri
