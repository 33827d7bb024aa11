@echo off
chcp 936 >nul
setlocal
set PYTHONUTF8=1
if not exist "%~dp0venv\Scripts\renda.exe" (
  echo 还没有安装：请先双击 install.bat。
  pause
  exit /b 1
)
if "%~1"=="" (
  echo 请把放材料的文件夹拖到“生成报告.bat”图标上。
  pause
  exit /b 1
)
if not exist "%~1\" (
  echo “%~1”不是文件夹：请把整个文件夹拖上来。
  pause
  exit /b 1
)
set "OUT=%~dpn1-报告"
"%~dp0venv\Scripts\renda.exe" report "%~1" -o "%OUT%"
if errorlevel 1 (
  echo 没有完成，原因见上。
  pause
  exit /b 1
)
start "" "%OUT%\report.html"
echo 报告在 %OUT%
pause
