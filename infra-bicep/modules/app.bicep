param name string
param location string
param tags object
param identityId string
param identityClientId string
param storageName string
param serviceBusHost string
param topic string
param keyVaultUri string
param handedOverVaultUri string
param insightsConnectionString string
param schedulerEndpoint string
param taskHub string
param openAiEndpoint string
param openAiDeployment string

@description('Empty: Easy Auth is off, and only API tokens let callers in.')
param signInClientId string
param withGraphDirectory bool
param maximumInstances int

resource storage 'Microsoft.Storage/storageAccounts@2024-01-01' existing = { name: storageName }

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

var settings = {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
  AZURE_CLIENT_ID: identityClientId
  TASKHUB_NAME: taskHub
  Approvals__Storage__TableUri: storage.properties.primaryEndpoints.table
  Approvals__Storage__BlobUri: storage.properties.primaryEndpoints.blob
  Approvals__ServiceBus__fullyQualifiedNamespace: serviceBusHost
  Approvals__ServiceBus__Topic: topic
  Approvals__KeyVaultUri: keyVaultUri
  Approvals__SecretsVaultUri: handedOverVaultUri
  Approvals__PublicUrl: 'https://${name}.azurewebsites.net'
}

var schedulerSettings = empty(schedulerEndpoint)
  ? {}
  : {
      DURABLE_TASK_SCHEDULER_CONNECTION_STRING: 'Endpoint=${schedulerEndpoint};Authentication=ManagedIdentity;ClientID=${identityClientId}'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
      AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
    }

var openAiSettings = empty(openAiEndpoint)
  ? {}
  : {
      Approvals__OpenAI__Endpoint: openAiEndpoint
      Approvals__OpenAI__Deployment: openAiDeployment
    }

// Sign-in names a tenant by its Entra id, so its people come under the same.
var graphSettings = withGraphDirectory
  ? {
      Approvals__Graph__Tenant: tenant().tenantId
      Approvals__Graph__Application: signInClientId
    }
  : {}

var signInSettings = empty(signInClientId)
  ? {}
  : {
      OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identityClientId
    }

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identityId}': {} } }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    siteConfig: { minTlsVersion: '1.2', http20Enabled: true }
    functionAppConfig: {
      runtime: { name: 'dotnet-isolated', version: '10.0' }
      scaleAndConcurrency: { maximumInstanceCount: maximumInstances, instanceMemoryMB: 2048 }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: '${storage.properties.primaryEndpoints.blob}app-package'
          authentication: { type: 'UserAssignedIdentity', userAssignedIdentityResourceId: identityId }
        }
      }
    }
  }

  // Packages are deployed as an Entra identity; a user name and password would be a second way in.
  resource publishingByScm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  resource publishingByFtp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(settings, schedulerSettings, openAiSettings, signInSettings, graphSettings)
  }

  resource auth 'config' = if (!empty(signInClientId)) {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true }
      // Anonymous callers reach the health check and the approve links; everything else asks for a principal itself.
      globalValidation: { requireAuthentication: false, unauthenticatedClientAction: 'AllowAnonymous' }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: signInClientId
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
          }
          validation: { allowedAudiences: ['api://${signInClientId}', signInClientId] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
    dependsOn: [appSettings]
  }
}

output id string = app.id
output host string = app.properties.defaultHostName
