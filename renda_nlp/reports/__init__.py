"""Report to files: html, docx, xlsx, json, jsonl, parquet; every text arrives masked."""
