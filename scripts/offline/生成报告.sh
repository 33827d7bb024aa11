#!/bin/sh
# 用法：./生成报告.sh 放材料的文件夹（桌面上也可以把文件夹拖到本文件上）
here=$(dirname "$0")
if [ ! -x "$here/venv/bin/renda" ]; then
  echo "还没有安装：请先运行 install.sh。"
  exit 1
fi
if [ ! -d "$1" ]; then
  echo "请写上放材料的文件夹，例如：./生成报告.sh 资料"
  exit 1
fi
out="${1%/}-报告"
"$here/venv/bin/renda" report "$1" -o "$out" || exit 1
echo "报告在 $out"
if command -v xdg-open >/dev/null; then
  xdg-open "$out/report.html" >/dev/null 2>&1 &
fi
