// The Entra application behind Easy Auth. The app's identity is its credential (federated), so there is no client secret.
extension microsoftGraphV1

param name string

@description('Host name of the app.')
param host string
param identityPrincipalId string
param withGraphDirectory bool

// Roles that mean something to the service; assign people and groups to them in Entra. Applications ask and read: those that decide or administer
// are people's alone.
var rolesOfAll = ['requester', 'auditor']
var rolesOfPeople = ['approver', 'policy-admin', 'operator', 'admin', 'approvals.override']

// By these the service tells people from applications and agents; whoever can't be told to be a person isn't one.
var claims = [
  { name: 'idtyp', additionalProperties: ['include_user_token'] }
  { name: 'upn' }
  { name: 'xms_act_fct' }
  { name: 'xms_sub_fct' }
]

resource application 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: name
  // Display names need not be unique in Entra; the host's name is.
  displayName: 'Approvals (${host})'
  signInAudience: 'AzureADMyOrg'
  appRoles: [
    for role in concat(rolesOfAll, rolesOfPeople): {
      id: guid(name, role)
      allowedMemberTypes: contains(rolesOfPeople, role) ? ['User'] : ['User', 'Application']
      displayName: role
      description: 'The role ${role} of Approvals'
      value: role
      isEnabled: true
    }
  ]
  // Tokens of this version name the client in azp and the person in preferred_username.
  api: { requestedAccessTokenVersion: 2 }
  optionalClaims: { accessToken: claims, idToken: filter(claims, claim => claim.name != 'idtyp') }
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
  // Who has none of the app's roles doesn't get in.
  appRoleAssignmentRequired: true
}

// What the directory is read with: https://learn.microsoft.com/graph/permissions-reference
var graphRoles = [
  'df021288-bdef-4463-88db-98f22de89214' // User.Read.All
  '98830695-27a2-44f7-8c18-0c3ebc9698f6' // GroupMember.Read.All
  '9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30' // Application.Read.All: who has the app's roles
]

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = { appId: '00000003-0000-0000-c000-000000000000' }

resource readsDirectory 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for role in (withGraphDirectory ? graphRoles : []): {
    appRoleId: role
    principalId: identityPrincipalId
    resourceId: graph.id
  }
]

output clientId string = application.appId
output principalId string = servicePrincipal.id
