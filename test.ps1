# Runs every test that the configured package feeds can restore (`./test` does the same, and counts).
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_NOLOGO = '1'
$failed = 0
foreach ($project in Get-ChildItem tests -Recurse -Filter *.csproj | Where-Object { (Get-Content $_ -Raw) -notmatch '<IsTestProject>false' }) {
  if ($project.Name -like '*Functions*') {
    dotnet restore $project.FullName | Out-Null
    if ($LASTEXITCODE -ne 0) { Write-Warning "SKIPPED $($project.Name): the configured feeds lack the Azure packages"; continue }
    npm install --prefix $project.DirectoryName --no-package-lock --no-audit --no-fund --silent
    if ($LASTEXITCODE -ne 0) { Write-Warning "SKIPPED $($project.Name): Azurite is not to be had (Node and npm)"; continue }
  }
  dotnet test $project.FullName -c Release
  if ($LASTEXITCODE -ne 0) { $failed++ }
}
exit $failed
