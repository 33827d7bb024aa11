"""Fine-tuning of any Hugging Face encoder on labelled texts (extra ``transformer``).

A plain loop: AdamW with linear warm-up and decay (Devlin et al. 2019, BERT, appendix A.3). The
Trainer of transformers is not used because it writes pickle files and needs one more library.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from renda_nlp.classification.training import Example, fit_temperature, undecided_threshold
from renda_nlp.classification.transformer import (
    FORMAT,
    SETTINGS_FILE,
    load_pretrained,
    predict_margins,
)

__all__ = ["FineTuning", "fine_tune"]

_HELD_OUT = 10  # one row in ten calibrates
_MIN_HELD_OUT = 20  # fewer rows calibrate nothing
_WARM_UP = 0.1
_MAX_NORM = 1.0
_MIN_SECONDARY = 0.18


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTuning:
    """How the encoder is trained."""

    epochs: int = 4
    learning_rate: float = 5e-5
    batch_size: int = 16
    max_tokens: int = 256
    seed: int = 0


def _encoded(
    examples: Sequence[Example], labels: Sequence[str], tokenizer: Any, longest: int
) -> Any:
    """Return the examples as a ``datasets.Dataset`` of piece ids, labels and weights."""
    import datasets

    columns = {
        "text": [example.text for example in examples],
        "labels": [labels.index(example.topic) for example in examples],
        "weight": [example.weight for example in examples],
    }
    datasets.disable_progress_bars()
    return datasets.Dataset.from_dict(columns).map(
        lambda rows: tokenizer(rows["text"], truncation=True, max_length=longest),
        batched=True,
        remove_columns=["text"],
    )


def _batches(rows: Any, tokenizer: Any, size: int, shuffle: Any) -> Iterator[tuple[Any, Any]]:
    """Yield padded batches in shuffled order, with the weight of each row."""
    import torch

    for part in torch.randperm(len(rows), generator=shuffle).split(size):
        chosen = rows.select(part.tolist())
        weight = torch.tensor(chosen["weight"][:])
        kept = [name for name in chosen.column_names if name not in ("weight", "labels")]
        batch = tokenizer.pad({name: chosen[name][:] for name in kept}, return_tensors="pt")
        batch["labels"] = torch.tensor(chosen["labels"][:])
        yield batch, weight


def _train(model: Any, tokenizer: Any, rows: Any, settings: FineTuning) -> list[float]:
    """Train in place and return the mean loss of each epoch."""
    import torch
    from torch.nn.functional import cross_entropy
    from transformers import get_linear_schedule_with_warmup

    steps = -(-len(rows) // settings.batch_size) * settings.epochs
    optimiser = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=0.01)
    schedule = get_linear_schedule_with_warmup(optimiser, int(_WARM_UP * steps), steps)
    shuffle = torch.Generator().manual_seed(settings.seed)
    losses = []
    for _ in range(settings.epochs):
        model.train()
        total = 0.0
        for batch, weight in _batches(rows, tokenizer, settings.batch_size, shuffle):
            gold = batch.pop("labels").to(model.device)
            logits = model(**batch.to(model.device)).logits
            each = cross_entropy(logits, gold, reduction="none") * weight.to(model.device)
            loss = each.mean()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), _MAX_NORM)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            total += float(each.sum().detach())
        losses.append(round(total / len(rows), 6))
    return losses


def _held_out(n: int, seed: int) -> tuple[list[int], list[int]]:
    """Return the rows to train on and those to calibrate on; few rows all train."""
    order = np.random.default_rng(seed).permutation(n)
    n_held = n // _HELD_OUT if n // _HELD_OUT >= _MIN_HELD_OUT else 0
    return sorted(order[n_held:].tolist()), sorted(order[:n_held].tolist())


def fine_tune(
    examples: Sequence[Example], base: str, output: Path, settings: FineTuning | None = None
) -> list[float]:
    """Fine-tune an encoder and write the model folder; return the mean loss of each epoch.

    Args:
        examples: Labelled texts, each label at least once.
        base: Local folder or hub name of a Hugging Face encoder with safetensors weights.
        output: Where the model goes.
        settings: Epochs, learning rate and the like.

    Raises:
        ConfigError: The extra is missing, or there is no such base model.
    """
    settings = settings or FineTuning()
    labels = sorted({example.topic for example in examples})
    names = dict(enumerate(labels))
    label_arguments = {
        "num_labels": len(labels),
        "id2label": names,
        "label2id": {label: number for number, label in names.items()},
        "ignore_mismatched_sizes": True,
    }
    seen, held = _held_out(len(examples), settings.seed)
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(settings.seed)  # the new classification head
        tokenizer, model = load_pretrained(base, **label_arguments)
        longest = min(settings.max_tokens, tokenizer.model_max_length)
        longest = min(longest, getattr(model.config, "max_position_embeddings", longest))
        model.to("cuda" if torch.cuda.is_available() else "cpu")
        rows = _encoded([examples[i] for i in seen], labels, tokenizer, longest)
        losses = _train(model, tokenizer, rows, settings)
    temperature, least = 1.0, 0.0
    if held:
        texts = [examples[i].text for i in held]
        gold = np.array([labels.index(examples[i].topic) for i in held])
        margins = predict_margins(model, tokenizer, texts, longest).astype(np.float64)
        temperature = fit_temperature(margins, gold)
        least = undecided_threshold(margins, temperature)
    output.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(output)
    tokenizer.save_pretrained(output)
    made = {
        "format": FORMAT,
        "temperature": round(temperature, 4),
        "min_confidence": least,
        "min_secondary": _MIN_SECONDARY,
        "max_tokens": longest,
        "base": Path(base).name,
        "losses": losses,
    }
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    (output / SETTINGS_FILE).write_text(text, "utf-8")
    return losses
