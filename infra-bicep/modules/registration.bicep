// The Entra application behind Easy Auth. The app's identity is its credential (federated), so there is no client secret.
extension microsoftGraphV1

param name string

@description('Host name of the app.')
param host string
param identityPrincipalId string

// Roles that mean something to the service; assign people and groups to them in Entra.
var roles = ['requester', 'approver', 'policy-admin', 'auditor', 'operator', 'admin', 'approvals.override']

resource application 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: name
  displayName: 'Approvals (${name})'
  signInAudience: 'AzureADMyOrg'
  appRoles: [
    for role in roles: {
      id: guid(name, role)
      allowedMemberTypes: ['User', 'Application']
      displayName: role
      description: 'The role ${role} of Approvals'
      value: role
      isEnabled: true
    }
  ]
  web: {
    redirectUris: ['https://${host}/.auth/login/aad/callback']
    implicitGrantSettings: { enableIdTokenIssuance: true }
  }

  resource credential 'federatedIdentityCredentials@v1.0' = {
    name: '${name}/easy-auth'
    issuer: '${environment().authentication.loginEndpoint}${tenant().tenantId}/v2.0'
    subject: identityPrincipalId
    audiences: ['api://AzureADTokenExchange']
  }
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: application.appId
}

output clientId string = application.appId
output principalId string = servicePrincipal.id
