@echo off
chcp 936 >nul
setlocal
cd /d "%~dp0"
set "PY="
for %%v in (3.13 3.12 3.11) do (
  if not defined PY (
    py -%%v -c "import sys" >nul 2>nul && set "PY=py -%%v"
  )
)
if not defined PY (
  python -c "import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))" >nul 2>nul && set "PY=python"
)
if not defined PY (
  for %%f in (python-3.11*-amd64.exe python-3.12*-amd64.exe python-3.13*-amd64.exe) do (
    if exist "%%f" (
      echo 正在安装 %%f ……
      start /wait "" "%%f" /passive InstallAllUsers=0 PrependPath=1 Include_launcher=1
      echo Python 已安装，请关闭本窗口后再双击一次 install.bat。
      pause
      exit /b 0
    )
  )
  echo 没有找到 Python 3.11、3.12 或 3.13。
  echo 请在能上网的电脑上从 www.python.org 下载 Windows 64 位安装包（如 python-3.12.10-amd64.exe），
  echo 放到本文件夹里，再双击 install.bat。
  pause
  exit /b 1
)
echo 使用 %PY%，正在安装，约需两三分钟……
%PY% -m venv venv || goto failed
venv\Scripts\python -m pip install --no-index --find-links wheels --quiet "@REQUIREMENT@" || goto failed
venv\Scripts\renda doctor
echo.
echo 安装完成。把放材料的文件夹拖到“生成报告.bat”上即可。
pause
exit /b 0
:failed
echo 安装没有成功：请确认本文件夹可以写入、磁盘有 1 GB 空间，并把上面的文字发给维护人员。
pause
exit /b 1
