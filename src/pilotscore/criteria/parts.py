"""What every part of a criteria file is made of: names, texts in two languages, strict objects."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from pilotscore.language import LANGS, Text, Words

Identifier = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_-]*$", max_length=64)]
Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=64)]


def _in_both(value: Any) -> Any:
    return {"zh": value, "en": value} if isinstance(value, str) else value


Bilingual = Annotated[
    Text,
    BeforeValidator(_in_both),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
                    "required": ["zh", "en"],
                    "additionalProperties": False,
                },
            ],
            "description": "A text: {zh: ..., en: ...}, or one string that serves both.",
        }
    ),
]
Strings = tuple[Annotated[str, Field(min_length=1)], ...]


class Part(BaseModel):
    """A frozen part of a file that knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True)


class Named(Protocol):
    """Whatever a header or a cell may name."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> Text:
        """Its name for people."""

    @property
    def aliases(self) -> Strings:
        """Its other names."""


def spellings(thing: Named) -> tuple[str, ...]:
    """Return every spelling by which a thing may be named: its id, titles and aliases."""
    return (thing.id, *(thing.title.to(lang) for lang in LANGS), *thing.aliases)


def per_language(words: Words) -> dict[str, str]:
    """Return words as a file has them: a text for each language."""
    return {lang: words.to(lang) for lang in LANGS}


def both(words: Words, between: str = " ") -> str:
    """Return words in both languages, one after the other."""
    return between.join(per_language(words).values())
