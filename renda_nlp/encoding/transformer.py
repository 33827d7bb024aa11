"""Sentence vectors of a local Hugging Face folder (extra ``transformer``), for hotspots.

Any encoder will do; a sentence-transformers folder is read with the pooling it names (Reimers &
Gurevych 2019, Sentence-BERT).
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from renda_nlp.errors import ConfigError

__all__ = ["TransformerEncoder"]

_BATCH = 32
_MAX_TOKENS = 256
_POOLING_FILE = "1_Pooling/config.json"


class TransformerEncoder:
    """Turns texts into vectors of length one."""

    def __init__(self, folder: Path) -> None:
        try:
            from transformers import AutoModel, AutoTokenizer
            from transformers.utils import logging
        except ImportError as error:
            raise ConfigError(
                "句向量模型需要 transformers 和 torch：pip install 'renda-nlp[transformer]'"
            ) from error
        logging.set_verbosity_error()
        logging.disable_progress_bar()
        if not folder.is_dir():
            raise ConfigError(f"{folder}：没有这个句向量模型文件夹")
        try:
            self._tokenizer: Any = AutoTokenizer.from_pretrained(str(folder))
            self._model: Any = AutoModel.from_pretrained(str(folder), use_safetensors=True).eval()
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"{folder}：不是可用的句向量模型（需要 config.json、model.safetensors 和分词文件）"
            ) from error
        pooling = folder / _POOLING_FILE
        values = json.loads(pooling.read_text("utf-8")) if pooling.is_file() else {}
        self._first_only = bool(values.get("pooling_mode_cls_token"))
        longest = getattr(self._model.config, "max_position_embeddings", _MAX_TOKENS)
        self._max_tokens = min(_MAX_TOKENS, longest, self._tokenizer.model_max_length)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of length one per text, shape ``(n_texts, dim)``."""
        import torch

        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        out = np.zeros((len(texts), self._model.config.hidden_size), np.float32)
        for start in range(0, len(order), _BATCH):
            rows = order[start : start + _BATCH]
            batch = self._tokenizer(
                [texts[row] for row in rows],
                truncation=True,
                max_length=self._max_tokens,
                padding=True,
                return_tensors="pt",
            )
            with torch.inference_mode():
                states = self._model(**batch).last_hidden_state  # (n, pieces, dim)
            mask = batch["attention_mask"].unsqueeze(-1)
            pooled = states[:, 0] if self._first_only else (states * mask).sum(1) / mask.sum(1)
            out[rows] = torch.nn.functional.normalize(pooled, dim=1).numpy()
        return out
