using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'northeurope')
param durableBackend = readEnvironmentVariable('APPROVALS_DURABLE_BACKEND', 'storage')
param withOpenAi = bool(readEnvironmentVariable('APPROVALS_WITH_OPENAI', 'false'))
param withSignIn = bool(readEnvironmentVariable('APPROVALS_WITH_SIGN_IN', 'true'))
param withGraphDirectory = bool(readEnvironmentVariable('APPROVALS_WITH_GRAPH', 'false'))
param alertEmail = readEnvironmentVariable('APPROVALS_ALERT_EMAIL', '')
