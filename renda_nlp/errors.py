"""Errors that renda_nlp raises on purpose.

RendaError
├── ConfigError      a setting is wrong; the run stops
├── ReadError        one file cannot be read; it becomes a Failure and the run goes on
├── InputError       the command's input cannot be used at all; the run stops
├── RegistryError    no backend of that name
└── ShapeError       arrays of different length where equal length is required
"""

__all__ = ["ConfigError", "InputError", "ReadError", "RegistryError", "RendaError", "ShapeError"]


class RendaError(Exception):
    """Base of every error raised on purpose by this package."""


class ConfigError(RendaError):
    """A setting in renda.toml is wrong: the message names key, value and what is expected."""


class ReadError(RendaError):
    """One file cannot be read: the message says why and what to do, in Chinese."""


class InputError(RendaError):
    """The input of a command cannot be used at all: missing, empty, or without a text column."""


class RegistryError(RendaError):
    """No backend of the requested name is known."""


class ShapeError(RendaError, ValueError):
    """Two arrays that describe the same opinions differ in length, or are empty."""
