# Starts the service with the demo tenant, or (`./run.ps1 demo`) plays the demo story against it.
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_NOLOGO = '1'
Write-Host "Building (a minute the first time) ..."
dotnet build standalone -c Release --nologo -v quiet
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
dotnet standalone/bin/Release/net10.0/Approvals.Standalone.dll @args
exit $LASTEXITCODE
