#!/bin/sh
# 离线安装：建一个 venv，从 wheels 文件夹安装，不联网。
cd "$(dirname "$0")" || exit 1
py=
for name in python3.13 python3.12 python3.11 python3; do
  if "$name" -c 'import sys, venv; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
    py=$name
    break
  fi
done
if [ -z "$py" ]; then
  echo "没有找到 Python 3.11、3.12 或 3.13（含 venv）。"
  echo "请用系统的软件源安装 python3.11 和 python3.11-venv，或请管理员安装，再运行 install.sh。"
  exit 1
fi
echo "使用 $py，正在安装，约需两三分钟……"
if "$py" -m venv venv && venv/bin/python -m pip install --no-index --find-links wheels --quiet "@REQUIREMENT@"; then
  venv/bin/renda doctor
  echo "安装完成。生成报告：./生成报告.sh 放材料的文件夹"
else
  echo "安装没有成功：请确认本文件夹可以写入、磁盘有 1 GB 空间，并把上面的文字发给维护人员。"
  exit 1
fi
