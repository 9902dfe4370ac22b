# Runs every test, and closes with "N passed, M failed", as ./test does. Needs Node.js with npm, for Azurite, and a Chromium: CHROMIUM, or an installed Edge or Chrome.
#   ./test.ps1 [dotnet test arguments]
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:MSBUILDDISABLENODEREUSE = '1'

$results = Join-Path ([IO.Path]::GetTempPath()) ([Guid]::NewGuid())
New-Item -ItemType Directory $results | Out-Null
$passed = 0
$failed = 0

# Where the tests look for Azurite, which setup.sh installs elsewhere.
$version = (Select-String -Path tests/Approvals.Functions.Tests/setup.sh -Pattern '^version=(.+)$').Matches[0].Groups[1].Value
$azurite = "tests/Approvals.Functions.Tests/obj/azurite-$version"
if (-not (Test-Path "$azurite/node_modules/azurite/dist/src/azurite.js")) {
  New-Item -ItemType Directory -Force $azurite | Out-Null
  npm install --prefix $azurite --no-audit --no-fund --no-package-lock --ignore-scripts --loglevel error "azurite@$version"
  if ($LASTEXITCODE -ne 0) { Write-Host '!! Azurite could not be installed'; $failed++ }
}

if (-not $env:CHROMIUM) {
  $env:CHROMIUM = @('/usr/bin/chromium', "${env:ProgramFiles(x86)}\Microsoft\Edge\Application\msedge.exe", "$env:ProgramFiles\Google\Chrome\Application\chrome.exe") |
    Where-Object { Test-Path $_ } | Select-Object -First 1
  if (-not $env:CHROMIUM) { Write-Host '!! The browser tests need Chromium; set CHROMIUM to its path'; $failed++ }
}

foreach ($project in Get-ChildItem tests -Depth 1 -Filter *.csproj | Where-Object { (Get-Content $_.FullName -Raw) -notmatch '<IsTestProject>false' }) {
  Write-Host "== $($project.BaseName)"
  $trx = Join-Path $results "$($project.BaseName).trx"
  dotnet test $project.FullName -c Release --logger "trx;LogFileName=$trx" --logger 'console;verbosity=quiet' --blame-hang-timeout 10m @args
  if (Test-Path $trx) {
    $counters = ([xml](Get-Content $trx -Raw)).TestRun.ResultSummary.Counters
    $passed += [int]$counters.passed
    $failed += [int]$counters.failed + [int]$counters.error + [int]$counters.timeout + [int]$counters.aborted
  } else {
    Write-Host "!! $($project.BaseName) did not run"
    $failed++
  }
}

Remove-Item -Recurse $results
Write-Host "$passed passed, $failed failed"
exit [int]($failed -gt 0 -or $passed -eq 0)
