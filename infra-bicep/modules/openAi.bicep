// Words, drafts and translates for people. It decides nothing; without it everything but free text works.
param name string
param location string
param tags object

@description('Model of the deployment.')
param model string = 'gpt-4.1-mini'
param modelVersion string = '2025-04-14'

resource account 'Microsoft.CognitiveServices/accounts@2024-10-01' = {
  name: name
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: { customSubDomainName: name, disableLocalAuth: true, publicNetworkAccess: 'Enabled' }
}

resource deployment 'Microsoft.CognitiveServices/accounts/deployments@2024-10-01' = {
  parent: account
  name: 'copilot'
  sku: { name: 'GlobalStandard', capacity: 10 }
  properties: { model: { format: 'OpenAI', name: model, version: modelVersion } }
}

output name string = account.name
output endpoint string = account.properties.endpoint
output deployment string = deployment.name
