@echo off
rem Runs Maven: the one on the PATH if it is new enough, else a pinned one that is downloaded once and checked.
setlocal enabledelayedexpansion
set VERSION=3.9.9
set SHA512=a555254d6b53d267965a3404ecb14e53c3827c09c3b94b5678835887ab404556bfaf78dcfe03ba76fa2508649dca8531c74bca4d5846513522404d48e8c4ac8b
set URL=https://archive.apache.org/dist/maven/maven-3/%VERSION%/binaries/apache-maven-%VERSION%-bin.tar.gz
cd /d "%~dp0"

where mvn >nul 2>nul
if not errorlevel 1 (
  for /f "tokens=3" %%v in ('mvn --version 2^>nul ^| findstr /c:"Apache Maven"') do set FOUND=%%v
  for /f "tokens=1,2 delims=." %%a in ("!FOUND!") do (
    if %%a gtr 3 goto path
    if %%a equ 3 if %%b geq 8 goto path
  )
)

set MVN_HOME=%LOCALAPPDATA%\claude-sessions\maven-%VERSION%
if exist "%MVN_HOME%\bin\mvn.cmd" goto pinned
echo mvnw: no Maven 3.8 or later on the PATH, downloading %VERSION% 1>&2
set WORK=%MVN_HOME%.%RANDOM%%RANDOM%
mkdir "%WORK%" || exit /b 1
curl -fsSL -o "%WORK%\maven.tar.gz" "%URL%" || exit /b 1
set ACTUAL=
for /f "skip=1 delims=" %%h in ('certutil -hashfile "%WORK%\maven.tar.gz" SHA512') do if not defined ACTUAL set ACTUAL=%%h
set ACTUAL=%ACTUAL: =%
if /i not "%ACTUAL%"=="%SHA512%" (
  echo mvnw: the download of Maven %VERSION% has the wrong SHA-512: %ACTUAL% 1>&2
  rmdir /s /q "%WORK%"
  exit /b 1
)
tar -xzf "%WORK%\maven.tar.gz" -C "%WORK%" || exit /b 1
move "%WORK%\apache-maven-%VERSION%" "%MVN_HOME%" >nul
rmdir /s /q "%WORK%"

:pinned
"%MVN_HOME%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:path
mvn %*
exit /b %ERRORLEVEL%
