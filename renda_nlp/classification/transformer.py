"""A fine-tuned Hugging Face encoder as topic classifier (extra ``transformer``).

A model folder is what ``transformers.pipeline("text-classification", folder)`` takes, with one file
of ours beside it: ``renda.json`` holds the temperature and the thresholds.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from renda_nlp.classification.deciding import Floats, softmax
from renda_nlp.errors import ConfigError

__all__ = [
    "FORMAT",
    "SETTINGS_FILE",
    "TransformerClassifier",
    "is_transformer",
    "load_pretrained",
    "predict_margins",
]

SETTINGS_FILE = "renda.json"
FORMAT = "renda_nlp-transformer-1"
_BATCH = 32


def is_transformer(folder: Path) -> bool:
    """Return whether a folder holds a model of this kind."""
    return (folder / SETTINGS_FILE).is_file()


def load_pretrained(source: str, **labels: Any) -> tuple[Any, Any]:
    """Return tokenizer and sequence classifier of a folder or a hub name.

    Weights are read from safetensors only, and no code of the model's author is run.

    Raises:
        ConfigError: The extra is missing, or there is no such model.
    """
    try:
        from transformers import AutoModelForSequenceClassification, AutoTokenizer
        from transformers.utils import logging
    except ImportError as error:
        raise ConfigError(
            "transformer 模型需要 transformers 和 torch：pip install 'renda-nlp[transformer]'"
        ) from error
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        tokenizer = AutoTokenizer.from_pretrained(source)
        model = AutoModelForSequenceClassification.from_pretrained(
            source, use_safetensors=True, **labels
        )
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{source}：不是可用的 Hugging Face 模型；请给本地文件夹（含 config.json、model.safetensors"
            "、分词文件），或在联网时给模型名"
        ) from error
    return tokenizer, model


def predict_margins(model: Any, tokenizer: Any, texts: Sequence[str], max_tokens: int) -> Floats:
    """Return the logits of each text, shape ``(n_texts, n_labels)``; texts of like length together."""
    import torch

    model.eval()
    order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
    margins = np.zeros((len(texts), model.config.num_labels), np.float32)
    for start in range(0, len(order), _BATCH):
        rows = order[start : start + _BATCH]
        batch = tokenizer(
            [texts[row] for row in rows],
            truncation=True,
            max_length=max_tokens,
            padding=True,
            return_tensors="pt",
        ).to(model.device)
        with torch.inference_mode():
            margins[rows] = model(**batch).logits.float().cpu().numpy()
    return margins


class TransformerClassifier:
    """Gives texts their topic probabilities by a fine-tuned encoder; texts run in batches."""

    def __init__(self, folder: Path) -> None:
        try:
            settings = json.loads((folder / SETTINGS_FILE).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"{folder}：不是 renda train --backend transformer 的模型文件夹"
            ) from error
        if settings.get("format") != FORMAT:
            raise ConfigError(f"{folder / SETTINGS_FILE}：format 应为 {FORMAT}")
        self._tokenizer, self._model = load_pretrained(str(folder))
        self._temperature = float(settings["temperature"])
        self._max_tokens = int(settings["max_tokens"])
        names = self._model.config.id2label
        self.topics = tuple(names[number] for number in range(len(names)))
        self.intents = ("other",)  # trained on topics only
        self.min_confidence = float(settings["min_confidence"])
        self.min_secondary = float(settings["min_secondary"])

    def probabilities(
        self,
        texts: Sequence[str],
        title_ends: Sequence[int],  # noqa: ARG002 - an encoder reads title and text as one
    ) -> tuple[Floats, Floats]:
        """Return topic and intent probabilities, shapes ``(n, topics)`` and ``(n, 1)``."""
        margins = predict_margins(self._model, self._tokenizer, texts, self._max_tokens)
        return softmax(margins / self._temperature), np.ones((len(texts), 1), np.float32)
